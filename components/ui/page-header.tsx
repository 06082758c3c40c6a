import type { ReactNode } from "react";

type PageHeaderProps = {
  title: ReactNode;
  /** One sentence: what the reader should know before reading on. */
  lead?: ReactNode;
  /** Above the title: where this is. */
  trail?: ReactNode;
  actions?: ReactNode;
};

/** The page's only h1. */
export function PageHeader({ title, lead, trail, actions }: PageHeaderProps) {
  return (
    <header className="mb-6">
      {trail ? <div className="mb-1 text-sm text-muted">{trail}</div> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="headline text-2xl">{title}</h1>
        {actions ? (
          <div data-print="none" className="flex flex-wrap gap-2">
            {actions}
          </div>
        ) : null}
      </div>
      {lead ? <p className="mt-2 prose-width text-lg text-muted">{lead}</p> : null}
    </header>
  );
}
