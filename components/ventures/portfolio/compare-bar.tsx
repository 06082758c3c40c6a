"use client";

import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/link";
import { MOST_COMPARED } from "@/lib/reports/schema/portfolio";

type CompareBarProps = { chosen: readonly { slug: string; name: string }[]; onClear: () => void };

/** What was ticked, kept over pages and orders, and the way to see it side by side. */
export function CompareBar({ chosen, onClear }: CompareBarProps) {
  if (chosen.length === 0) return null;
  const names = chosen.map(({ name }) => name).join(", ");
  return (
    <span className="flex flex-wrap items-center gap-2">
      <span role="status" className="text-sm text-muted">
        {names}
        {chosen.length >= MOST_COMPARED ? ` (${MOST_COMPARED} are the most)` : null}
      </span>
      <ButtonLink href={`/portfolio/compare?v=${chosen.map(({ slug }) => slug).join(",")}`} variant="primary">
        Compare {chosen.length}
      </ButtonLink>
      <Button variant="bare" onClick={onClear}>
        Clear
      </Button>
    </span>
  );
}
