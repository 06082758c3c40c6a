"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { isCurrent, type Place } from "./navigation";

type MainNavProps = { places: readonly Place[]; waiting: number | null };

/** Across the top from a tablet on. */
export function MainNav({ places, waiting }: MainNavProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="hidden gap-5 md:flex">
      {places.map((place) => (
        <NextLink
          key={place.href}
          href={place.href}
          aria-current={isCurrent(place, pathname) ? "page" : undefined}
          className="target inline-flex items-center gap-1.5 border-b-2 border-transparent text-sm font-medium text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          {place.label}
          {place.href === "/inbox" ? <Waiting count={waiting} /> : null}
        </NextLink>
      ))}
    </nav>
  );
}

/** How many memos wait, said in words to those who do not see the pill. */
export function Waiting({ count }: { count: number | null }) {
  if (!count) return null;
  return (
    <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-xs leading-5 font-semibold text-on-accent">
      {count}
      <span className="sr-only"> waiting for a decision</span>
    </span>
  );
}
