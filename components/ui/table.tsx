import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

type TableProps = {
  /** Names the table for those who do not see it; shown above it with `showCaption`. */
  caption: string;
  showCaption?: boolean;
  compact?: boolean;
  /** Beside the caption: filters, "Download CSV". */
  tools?: ReactNode;
  /** Scrolls inside itself with the head kept in view. */
  tall?: boolean;
  className?: string;
  children: ReactNode;
};

/** Hairlines, sticky head, and a region that scrolls sideways by keyboard when the window is narrow. */
export function Table({ caption, showCaption, compact, tools, tall, className, children }: TableProps) {
  return (
    <div className={className}>
      {showCaption || tools ? (
        <div className="mb-2 flex flex-wrap items-end justify-between gap-3">
          {showCaption ? (
            <p aria-hidden="true" className="rubric">
              {caption}
            </p>
          ) : (
            <span />
          )}
          {tools}
        </div>
      ) : null}
      <section
        aria-label={caption}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        data-scroll=""
        className={classNames("relative overflow-x-auto", tall && "max-h-[75vh] overflow-y-auto")}
      >
        <table
          data-compact={compact || undefined}
          className="group/table w-full border-collapse text-base leading-[1.3] data-compact:text-sm"
        >
          <caption className="sr-only">{caption}</caption>
          {children}
        </table>
      </section>
    </div>
  );
}

export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead className="sticky top-0 z-10 bg-paper">
      <tr className="border-b border-edge">{children}</tr>
    </thead>
  );
}

export function TableBody({ children, ...rest }: ComponentProps<"tbody">) {
  return <tbody {...rest}>{children}</tbody>;
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr className={classNames("line-row", className)} {...rest} />;
}

type CellProps = ComponentProps<"td"> & { numeric?: boolean };

export function TableCell({ numeric, className, ...rest }: CellProps) {
  return <td className={classNames("cell", numeric && "cell-number", className)} {...rest} />;
}

/** The cell that names its row. */
export function TableRowHead({ className, ...rest }: ComponentProps<"th">) {
  return <th scope="row" className={classNames("cell text-left font-medium", className)} {...rest} />;
}
