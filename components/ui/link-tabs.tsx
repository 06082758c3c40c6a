"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { AppLink } from "./app-link";
import { TAB_STYLE } from "./tab-style";

export type LinkTab = { href: string; label: string };

/** Navigation between the pages of one thing; the first tab is current only on its exact address. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const pathname = usePathname();
  const current = tabs.findLast(
    ({ href }, index) => pathname === href || (index > 0 && pathname.startsWith(`${href}/`)),
  )?.href;
  const bar = useRef<HTMLElement>(null);
  useEffect(() => {
    // Where the window is narrow the bar scrolls: the tab that one is on stands in the middle of it.
    const tab = [...(bar.current?.querySelectorAll("a") ?? [])].find((link) => link.getAttribute("href") === current);
    if (tab && bar.current) bar.current.scrollLeft = tab.offsetLeft - (bar.current.clientWidth - tab.clientWidth) / 2;
  }, [current]);
  return (
    <nav ref={bar} aria-label={label} className="relative flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map(({ href, label: name }) => (
        <AppLink
          key={href}
          href={href}
          aria-current={href === current ? "page" : undefined}
          className={`${TAB_STYLE} shrink-0`}
        >
          {name}
        </AppLink>
      ))}
    </nav>
  );
}
