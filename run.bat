@echo off
rem Starts StatusDesk from this checkout: sets up .venv where needed, then runs the program with the arguments given.
setlocal
set "here=%~dp0"
call "%here%tools\environment.bat" run || exit /b 1
"%here%.venv\Scripts\python.exe" -P -m statusdesk %*
exit /b %errorlevel%
