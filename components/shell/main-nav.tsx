"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { isCurrent, type Place } from "./navigation";

type MainNavProps = { places: readonly Place[]; waiting: ReactNode };

/** Across the top from a tablet on. */
export function MainNav({ places, waiting }: MainNavProps) {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="hidden gap-5 md:flex">
      {places.map((place) => (
        <AppLink
          key={place.href}
          href={place.href}
          aria-current={isCurrent(place, pathname) ? "page" : undefined}
          className="target inline-flex items-center gap-1.5 border-b-2 border-transparent text-sm font-medium text-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
        >
          {place.label}
          {place.href === "/inbox" ? waiting : null}
        </AppLink>
      ))}
    </nav>
  );
}
