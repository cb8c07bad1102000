@echo off
rem Runs the quick checks and stops at the first failure; arguments go to pytest.
setlocal
set "here=%~dp0"
call "%here%tools\environment.bat" dev || exit /b 1
cd /d "%here%" || exit /b 1
set "QT_QPA_PLATFORM=offscreen"
set "scripts=%here%.venv\Scripts"
"%scripts%\ruff.exe" check || exit /b 1
"%scripts%\ruff.exe" format --check || exit /b 1
"%scripts%\mypy.exe" || exit /b 1
"%scripts%\lint-imports.exe" || exit /b 1
"%scripts%\python.exe" -m pytest -n auto -m "not slow" %*
exit /b %errorlevel%
