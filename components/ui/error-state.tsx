import type { ReactNode } from "react";

type ErrorStateProps = {
  /** What happened. */
  title: string;
  /** What was kept, and what to do. */
  children?: ReactNode;
  action?: ReactNode;
  /** For whoever looks into the log. */
  reference?: string;
};

export function ErrorState({ title, children, action, reference }: ErrorStateProps) {
  return (
    <div role="alert" className="border-l-3 border-critical py-2 pl-4">
      <p className="font-medium">{title}</p>
      {children ? <div className="mt-1 prose-width text-muted">{children}</div> : null}
      {action ? <div className="mt-3 flex gap-2">{action}</div> : null}
      {reference ? <p className="mt-2 font-mono text-xs text-muted">Reference {reference}</p> : null}
    </div>
  );
}
