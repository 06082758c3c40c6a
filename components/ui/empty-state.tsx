import type { ReactNode } from "react";

/** What will be here, and the one action that fills it. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="border-y border-line py-8">
      <p className="headline text-lg">{title}</p>
      {children ? <div className="mt-1 prose-width text-muted">{children}</div> : null}
      {action ? <div className="mt-4">{action}</div> : null}
    </div>
  );
}
