"""The two tuned palettes, light and dark, as the design's palette table gives them.

What no palette role stands for is in `Tones`. Midlight is the hairline between rows and panes, Mid the border of
fields and buttons, BrightText the text on the accent colour.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QPalette

_G = QPalette.ColorGroup
_R = QPalette.ColorRole
_ROLES: Final = {
    "window": (_R.Window,),
    "base": (_R.Base,),
    "alternate": (_R.AlternateBase,),
    "text": (_R.Text, _R.WindowText, _R.ButtonText, _R.HighlightedText, _R.ToolTipText),
    "muted": (_R.PlaceholderText,),
    "button": (_R.Button, _R.ToolTipBase),
    "accent": (_R.Accent, _R.Link),
    "visited": (_R.LinkVisited,),
    "on_accent": (_R.BrightText,),
    "highlight": (_R.Highlight,),
    "line": (_R.Midlight,),
    "border": (_R.Mid,),
    "light": (_R.Light,),
    "dark": (_R.Dark,),
    "shadow": (_R.Shadow,),
}
_DISABLED_ROLES: Final = (_R.Text, _R.WindowText, _R.ButtonText, _R.HighlightedText, _R.PlaceholderText, _R.Link)

_LIGHT: Final = {
    "window": "#F3F4F6",
    "base": "#FFFFFF",
    "alternate": "#F8F9FA",
    "text": "#1B1F24",
    "muted": "#59616B",
    "button": "#FDFDFE",
    "accent": "#1A5FB4",
    "visited": "#6B4FA0",
    "on_accent": "#FFFFFF",
    "highlight": "#D6E5F8",
    "line": "#E2E5E9",
    "border": "#828A94",
    "light": "#FFFFFF",
    "dark": "#59616B",
    "shadow": "#3A4048",
    "highlight_inactive": "#E4E7EB",
    "disabled": "#8A919A",
}
_DARK: Final = {
    "window": "#202327",
    "base": "#17191C",
    "alternate": "#1C1F22",
    "text": "#E8EAED",
    "muted": "#A5ADB7",
    "button": "#2C3036",
    "accent": "#6EA8F7",
    "visited": "#BBA2EC",
    "on_accent": "#0C1A2C",
    "highlight": "#254263",
    "line": "#30353B",
    "border": "#6C7580",
    "light": "#3A4048",
    "dark": "#121417",
    "shadow": "#0B0C0E",
    "highlight_inactive": "#33383F",
    "disabled": "#767E88",
}


class Tones(NamedTuple):
    """The colours that no palette role stands for; read only, as they are shared."""

    edge: QColor
    bar: QColor
    bar_track: QColor
    message_ground: QColor
    warning_ground: QColor
    warning_edge: QColor
    warning_text: QColor
    loss: QColor
    gain: QColor
    planned: QColor
    muted: QColor
    on_accent: QColor
    disabled: QColor


_LIGHT_TONES: Final = (
    "#C6CBD2 #657E9A #E6E9ED #E6F0FB #FFF5DA #B98900 #5A4200 #B3261E #1B7A3D #6B4FA0 #59616B #FFFFFF #8A919A"
)
_DARK_TONES: Final = (
    "#474E57 #7890AC #2E333A #1D3048 #3A3016 #D9A93A #F3DFA8 #FF8A80 #6FD391 #BBA2EC #A5ADB7 #0C1A2C #767E88"
)


def is_dark(palette: QPalette) -> bool:
    """Tell whether this is a palette of light text on dark ground."""
    return palette.color(_R.Window).lightness() < palette.color(_R.WindowText).lightness()


def tones(palette: QPalette) -> Tones:
    """Return the further colours that go with this palette, by its darkness."""
    return scheme_tones(dark=is_dark(palette))


@lru_cache
def scheme_tones(*, dark: bool) -> Tones:
    """Return the further colours of one scheme."""
    return Tones(*map(QColor, (_DARK_TONES if dark else _LIGHT_TONES).split()))


@lru_cache
def scheme_palette(*, dark: bool) -> QPalette:
    """Return our palette of one scheme, with every role of the active, inactive and disabled group set."""
    colours = _DARK if dark else _LIGHT
    palette = QPalette()
    for name, roles in _ROLES.items():
        for role in roles:
            palette.setColor(_G.All, role, QColor(colours[name]))
    for group in (_G.Inactive, _G.Disabled):
        palette.setColor(group, _R.Highlight, QColor(colours["highlight_inactive"]))
    for role in _DISABLED_ROLES:
        palette.setColor(_G.Disabled, role, QColor(colours["disabled"]))
    palette.setColor(_G.Disabled, _R.Button, QColor(colours["window"]))
    palette.setColor(_G.Disabled, _R.Base, QColor(colours["window"]))
    palette.setColor(_G.Disabled, _R.Mid, QColor(colours["line"]))
    return palette
