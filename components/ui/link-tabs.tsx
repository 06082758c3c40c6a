"use client";

import NextLink from "next/link";
import { usePathname } from "next/navigation";
import { TAB_STYLE } from "./tab-style";

export type LinkTab = { href: string; label: string };

/** Navigation between the pages of one thing; the first tab is current only on its exact address. */
export function LinkTabs({ label, tabs }: { label: string; tabs: readonly LinkTab[] }) {
  const pathname = usePathname();
  return (
    <nav aria-label={label} className="flex gap-5 overflow-x-auto border-b border-line">
      {tabs.map((tab, index) => {
        const current =
          index === 0 ? pathname === tab.href : pathname === tab.href || pathname.startsWith(`${tab.href}/`);
        return (
          <NextLink
            key={tab.href}
            href={tab.href}
            aria-current={current ? "page" : undefined}
            className={`${TAB_STYLE} shrink-0`}
          >
            {tab.label}
          </NextLink>
        );
      })}
    </nav>
  );
}
