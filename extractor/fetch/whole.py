"""Fetches articles whole: the pages of one that is split, as the profile of its site spells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from extractor.errors import InputError
from extractor.fetch.addresses import Address, redacted
from extractor.fetch.budget import Budget
from extractor.fetch.errors import FetchError
from extractor.fetch.options import Options
from extractor.fetch.visit import KnownError, NotModifiedError, Page, Visitor
from extractor.fetch.wire import Exchange, Trip
from extractor.page.content import charset_of
from extractor.page.further import Further, further_pages
from extractor.patterns import PatternSet

MOST_PAGES = 40


@dataclass(slots=True)
class Fetched:
    """An article that was fetched, or the attempt.

    Attributes:
        given: The address that was asked for.
        pages: Its pages, the one asked for first; empty when there was a failure.
        exchanges: All exchanges with servers, in their order.
        failure: Why there are no pages.
        known: Where a redirect led to a page that is known already, that page.
        unchanged: Whether the server says that the page is as before.
        missing: Further pages of the article that are not there, by address: why.
        mended: Whether only pages that had been missing were asked for; the first one is not among `pages` then.
    """

    given: Address
    pages: list[Page] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    failure: FetchError | None = None
    known: Address | None = None
    unchanged: bool = False
    missing: dict[str, FetchError] = field(default_factory=dict)
    mended: bool = False


class ArticleFetcher:
    """Fetches articles."""

    def __init__(self, visitor: Visitor, options: Options, patterns: PatternSet | None) -> None:
        self._visitor = visitor
        self._options = options
        self._patterns = patterns if options.whole else None

    async def fetch(
        self,
        address: Address,
        *,
        headers: Mapping[str, str] | None = None,
        known: Callable[[Address], bool] | None = None,
        budget: Budget | None = None,
    ) -> Fetched:
        """Fetches an article; what goes wrong is told in what comes back.

        Args:
            address: Where it is.
            headers: Headers of the first request, such as If-None-Match.
            known: Whether the target of a redirect need not be fetched.
            budget: Time that the first page has; that of the options when None.
        """
        fetched = Fetched(address)
        trip = Trip(budget or Budget(self._options.page_seconds), fetched.exchanges)
        try:
            page = await self._visitor.visit(address, trip, headers=headers, known=known)
        except KnownError as error:
            fetched.known = error.address
        except NotModifiedError:
            fetched.unchanged = True
        except FetchError as error:
            fetched.failure = error
        except Exception as error:  # a fault of ours at one page must not cost the others
            sentence = f"{address.url}: Warta failed with {type(error).__name__}: {error}; please report it"
            fetched.failure = FetchError("internal-error", " ".join(sentence.split())[:500])
        else:
            fetched.pages.append(page)
            await self._rest(page, fetched)
        return fetched

    async def mend(self, address: Address, lost: Iterable[str], known: Callable[[Address], bool]) -> Fetched:
        """Fetches further pages of an article that could not be fetched before, and those that they link to.

        Args:
            address: Where the article is.
            lost: The addresses of these pages.
            known: Whether a page that they link to need not be fetched.
        """
        fetched = Fetched(address, mended=True)
        await self._follow(address, list(lost), fetched, known)
        return fetched

    async def _rest(self, page: Page, fetched: Fetched) -> None:
        further = self._further(page)
        if further.whole:
            whole = page.address.joined(further.whole)
            if await self._add(whole, fetched):
                return
            if further.pages:
                fetched.missing.pop(whole.url, None)  # the single pages are as good
        await self._follow(page.address, list(further.pages), fetched, lambda address: False)

    async def _follow(
        self, base: Address, links: list[str], fetched: Fetched, known: Callable[[Address], bool]
    ) -> None:
        asked = {base.key}
        while links and len(asked) < MOST_PAGES:
            link = links.pop(0)
            try:
                address = base.joined(link)
            except FetchError as error:
                fetched.missing[redacted(link)] = error
                continue
            if address.key not in asked and not known(address):
                asked.add(address.key)
                if added := await self._add(address, fetched):
                    links += self._further(added).pages

    def _further(self, page: Page) -> Further:
        if self._patterns is None:
            return Further()
        try:
            return further_pages(page.content, self._patterns, page.address.url, charset_of(page.headers))
        except InputError:  # whoever extracts the page will say so
            return Further()

    async def _add(self, address: Address, fetched: Fetched) -> Page | None:
        trip = Trip(Budget(self._options.page_seconds), fetched.exchanges)
        there = {page.address.key for page in fetched.pages}
        try:
            page = await self._visitor.visit(address, trip, known=lambda target: target.key in there)
        except FetchError as error:
            fetched.missing[address.url] = error
            return None
        except (NotModifiedError, KnownError):  # the site leads back to a page that is there
            return None
        fetched.pages.append(page)
        return page
