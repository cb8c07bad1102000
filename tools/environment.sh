# What ./run and ./test share: finding Python, installing Debian packages, keeping the environment in .venv.
# Sourced once `here` (the checkout) is set; plain POSIX sh. All of it speaks on standard error, so that the
# output of `./run statuses --json` is the program's alone.
# shellcheck shell=sh disable=SC2034,SC2154 # some names are set here and used there, or the other way round

venv=$here/.venv
stamp=$venv/statusdesk.stamp
yes=

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

have() {
    command -v "$1" >/dev/null 2>&1
}

suitable() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

# What the environment was made for: a new pyproject.toml or another folder makes it anew.
wanted_stamp() {
    printf '%s %s %s\n' "$1" "$(cksum <"$here/pyproject.toml")" "$here"
}

# Is .venv fit for "$1" (run or dev)? One for development also runs the program.
environment_is_current() {
    [ -x "$venv/bin/python" ] && [ -f "$stamp" ] || return 1
    [ "$(cat "$stamp")" = "$(wanted_stamp "$1")" ] || [ "$(cat "$stamp")" = "$(wanted_stamp dev)" ]
}

# Set `python` to an interpreter that can judge this machine, and `packages` to what making .venv would need.
find_python() {
    packages=
    if environment_is_current "$1" && suitable "$venv/bin/python"; then
        python=$venv/bin/python
    elif system_python; then
        have uv || "$python" -c 'import ensurepip' 2>/dev/null || packages=$python-venv
    elif have uv; then
        make_environment "$1"
        python=$venv/bin/python
    else
        install_python
    fi
}

system_python() {
    for python in python3 python3.11 python3.12 python3.13 python3.14; do
        suitable "$python" && return
    done
    python=
    return 1
}

install_python() {
    if have python3; then
        install_packages python3.11 python3.11-venv
    else
        install_packages python3 python3-venv
    fi
    system_python || fail "StatusDesk needs Python 3.11 or later, which this system does not offer:" \
        "install uv (https://docs.astral.sh/uv/), which brings its own, then start again."
}

# Install Debian packages in one go. Elsewhere go on: the program itself says which library it lacks.
install_packages() {
    [ $# -gt 0 ] && have apt-get || return 0
    become_root=
    [ "$(id -u)" -eq 0 ] || ! have sudo || become_root=sudo
    say "These Debian packages are missing:"
    say "    ${become_root:+sudo }apt-get install --no-install-recommends $*"
    [ "$(id -u)" -eq 0 ] || have sudo || fail "Run this line as root, then start again."
    agreed || fail "Run this line, then start again; or start with --yes, which runs it."
    {
        $become_root apt-get update
        $become_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
    } </dev/null >&2 || fail "These packages could not be installed (the reason is above):" \
        "mend that, run this line, then start again: ${become_root:+sudo }apt-get install --no-install-recommends $*"
}

# On a terminal people are asked first; where nobody could answer, starting the program is the agreement.
agreed() {
    [ -n "$yes" ] || [ "${CI-}" = true ] || ! [ -t 0 ] && return
    printf 'Run this line now? [Y/n] ' >&2
    read -r answer || return 1
    case $answer in
        '' | [Yy]*) return 0 ;;
        *) return 1 ;;
    esac
}

# Make or renew .venv for "$1" (run or dev); a second start waits for the first one.
make_environment() {
    environment_is_current "$1" && suitable "$venv/bin/python" && return
    say "Setting up the Python environment in $venv …"
    (
        ! have flock || flock 9 || :
        environment_is_current "$1" && suitable "$venv/bin/python" && exit
        { keeps_environment || create_environment; } &&
            echo unfinished >"$stamp" &&
            fill_environment "$1" &&
            wanted_stamp "$1" >"$stamp"
    ) 9<"$here/pyproject.toml" </dev/null >&2 ||
        fail "The Python environment could not be made (the reason is above): check the network, then start again."
}

# An environment of another folder, without an installer, or whose making was interrupted is made anew.
keeps_environment() {
    suitable "$venv/bin/python" || return 1
    [ ! -f "$stamp" ] || [ "$(cut -d ' ' -f 4- "$stamp")" = "$here" ] || return 1
    have uv || "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

create_environment() {
    rm -rf "$venv"
    if have uv; then
        uv venv --quiet --python "${python:-3.13}" "$venv"
    else
        "$python" -m venv "$venv"
    fi
}

fill_environment() {
    cd "$here" || return 1
    if [ "$1" = dev ]; then set -- --group dev; else set --; fi
    if have uv; then
        uv pip install --quiet --python "$venv/bin/python" --editable . "$@"
    else
        export PIP_DISABLE_PIP_VERSION_CHECK=1
        # The pip that Debian 12 brings knows no dependency groups.
        "$venv/bin/python" -m pip install --quiet --upgrade pip &&
            "$venv/bin/python" -m pip install --quiet --editable . "$@"
    fi
}
