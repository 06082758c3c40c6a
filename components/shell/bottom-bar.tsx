"use client";

import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { AppLink } from "@/components/ui/app-link";
import { isCurrent, type Place } from "./navigation";
import { useShellCommands } from "./shell-commands";

const MOST = 4;

/** On a phone, at the thumb: four places, and everything else behind "More". */
export function BottomBar({ places, waiting }: { places: readonly Place[]; waiting: ReactNode }) {
  const pathname = usePathname();
  const { openPalette } = useShellCommands();
  const item =
    "flex h-14 flex-1 items-center justify-center gap-1 text-xs font-medium text-muted aria-[current=page]:text-ink aria-[current=page]:shadow-[inset_0_2px_var(--accent)]";
  return (
    <nav
      aria-label="Main, at the thumb"
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {places.slice(0, MOST).map((place) => (
        <AppLink
          key={place.href}
          href={place.href}
          aria-current={isCurrent(place, pathname) ? "page" : undefined}
          className={item}
        >
          {place.label}
          {place.href === "/inbox" ? waiting : null}
        </AppLink>
      ))}
      <button type="button" className={item} onClick={openPalette}>
        More
      </button>
    </nav>
  );
}
