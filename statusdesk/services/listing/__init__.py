"""Which accounts a list shows and in which order: ids only, worked out in memory that follows every change.

`query` says what can be asked, `listing` answers it, `memory` keeps what that takes: `orders` of all accounts, one
for each field sorted by, their `states`, and the `texts` that searching looks through. Filters are masks.
"""

from statusdesk.services.listing.listing import Listing
from statusdesk.services.listing.query import ListQuery

__all__ = ["ListQuery", "Listing"]
