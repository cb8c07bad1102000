"""A service level in words: where the network knows it, and why an account has it."""

from statusdesk.domain.levels import WHY_TEXTS, Given, ServiceLevel
from statusdesk.domain.network_names import user_problem
from statusdesk.domain.records import Account, Status
from statusdesk.gui.wording import tr


def places_of(level: ServiceLevel, account: Account) -> str:
    """Say by which group and list the network knows an account, and what keeps it from that."""
    lines = []
    if account.radius_user:
        lines.append(tr("RADIUS group {group}").format(group=level.radius_group))
        problem = user_problem(account.radius_user)
        if problem:
            said = tr("RADIUS never finds the user “{user}”: it {reason}")
            lines.append(said.format(user=account.radius_user, reason=tr(problem)))
    if level.address_list:
        lines.append(tr("Address list {name}").format(name=level.address_list))
    if not account.radius_user and not account.ip_addresses:
        lines.append(tr("The network does not know it: it has neither a RADIUS user nor an address"))
    return "\n".join(lines)


def why_of(given: Given, account: Account, status: Status) -> str:
    """Say why an account has its level."""
    return tr(WHY_TEXTS[given.why]).format(
        status=status.name,
        standing=tr("delinquent") if account.delinquent else tr("current"),
        plan=account.service_level,
        effect=tr("activates") if status.activates else tr("does not activate"),
        usual=tr("the level of their plan") if status.activates else tr("the first level that refuses"),
    )
