type ProgressProps = {
  label: string;
  /** Units done and in all; without a total it only says that it runs. */
  done: number;
  total: number | null;
  /** "61,200 of 100,000 rows" */
  text: string;
};

/** Drawn as SVG, so that no inline style is needed. */
export function Progress({ label, done, total, text }: ProgressProps) {
  const ratio = total ? Math.min(1, Math.max(0, done / total)) : 0;
  return (
    <div className="grid gap-1">
      <div className="flex justify-between gap-4 text-sm">
        <span>{label}</span>
        <span className="text-muted">{text}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total ?? undefined}
        aria-valuenow={total ? done : undefined}
        aria-valuetext={text}
      >
        <svg
          viewBox="0 0 100 1"
          preserveAspectRatio="none"
          aria-hidden="true"
          className="h-1.5 w-full rounded-sm bg-line"
        >
          <rect width={ratio * 100} height="1" className="fill-accent" />
        </svg>
      </div>
    </div>
  );
}
