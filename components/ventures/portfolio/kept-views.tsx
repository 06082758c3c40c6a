import { AppLink } from "@/components/ui/app-link";
import { TAB_STYLE } from "@/components/ui/tab-style";
import type { KeptView } from "@/lib/reports/queries/portfolio-views";
import type { PortfolioView } from "@/lib/reports/schema/portfolio";
import { hrefOf, keptQuery, parseView, viewOfQuery } from "@/lib/reports/schema/portfolio-view";
import { KeepViewMenu } from "./keep-view-menu";

type KeptViewsProps = { path: string; view: PortfolioView; views: readonly KeptView[] };

/** The views that the reader keeps and those that others share; the plain one is always first. */
export function KeptViews({ path, view, views }: KeptViewsProps) {
  const current = views.find(({ id }) => id === view.kept) ?? null;
  const changed = keptQuery(view) !== (current ? current.query : "");
  const plain = !current && !changed;
  return (
    <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-2" data-print="none">
      <nav aria-label="Kept views" className="flex min-w-0 flex-wrap gap-x-5 gap-y-1">
        <AppLink
          href={hrefOf(path, parseView({}), { kept: "all" })}
          aria-current={plain ? "page" : undefined}
          className={TAB_STYLE}
        >
          All ventures
        </AppLink>
        {views.map(({ id, name, query, own, by, start }) => (
          <AppLink
            key={id}
            href={hrefOf(path, viewOfQuery(query, id))}
            aria-current={id === current?.id ? "page" : undefined}
            className={TAB_STYLE}
          >
            {name}
            {own ? null : <span className="ml-1 text-muted">({by})</span>}
            {start ? <span className="ml-1 text-muted">· opens first</span> : null}
          </AppLink>
        ))}
      </nav>
      <KeepViewMenu
        path={path}
        query={keptQuery(view)}
        view={current && { ...current, changed }}
        resetHref={current && changed ? hrefOf(path, viewOfQuery(current.query, current.id)) : null}
      />
    </div>
  );
}
