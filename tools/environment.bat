@echo off
rem What run.bat and test.bat share: makes or renews .venv for %1 (run or dev). `here` is the checkout, with a final \.
rem The stamps are copies of pyproject.toml: where one differs, the packages are installed again.
setlocal
set "venv=%here%.venv"
set "python=%venv%\Scripts\python.exe"
set "stamp=%venv%\statusdesk-%~1.toml"
set "group="
if "%~1"=="dev" set "group=--group dev"

rem Is it this checkout that the environment imports?
set "ours=import sys, statusdesk; from pathlib import Path; sys.exit(not Path(sys.argv[1], 'statusdesk').samefile(Path(statusdesk.__file__).parent))"
fc /b "%here%pyproject.toml" "%stamp%" >nul 2>&1 && "%python%" -P -c "%ours%" "%here%." >nul 2>&1 && exit /b 0

cd /d "%here%" || exit /b 1
where uv >nul 2>&1 && goto with_uv

"%python%" -m pip --version >nul 2>&1 && goto with_pip
set "base="
for %%c in ("py -3" "python") do (
    if not defined base %%~c -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && set "base=%%~c"
)
if not defined base (
    echo StatusDesk needs Python 3.11 or later: install it with `winget install Python.Python.3.13`, then start again. 1>&2
    exit /b 1
)
echo Setting up the Python environment in %venv% 1>&2
if exist "%venv%" rmdir /s /q "%venv%"
%base% -m venv "%venv%" || goto failed

:with_pip
"%python%" -m pip install --quiet --disable-pip-version-check --upgrade pip 1>&2 || goto failed
"%python%" -m pip install --quiet --editable . %group% 1>&2 || goto failed
goto done

:with_uv
"%python%" -c "" >nul 2>&1 || uv venv --quiet --clear --python 3.13 "%venv%" 1>&2 || goto failed
uv pip install --quiet --python "%python%" --editable . %group% 1>&2 || goto failed

:done
copy /y "%here%pyproject.toml" "%stamp%" >nul || goto failed
exit /b 0

:failed
echo The Python environment could not be made, the reason is above: check the network, then start again. 1>&2
exit /b 1
