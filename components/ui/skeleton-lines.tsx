const WIDTHS = ["w-full", "w-11/12", "w-4/5", "w-10/12", "w-3/5"] as const;

/** The final layout in lines while it loads; what takes less than 300 ms shows nothing. */
export function SkeletonLines({ lines = 5, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div role="status" className="grid gap-3 animate-late">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, index) => WIDTHS[index % WIDTHS.length]).map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <span key={index} aria-hidden="true" className={`block h-4 rounded-sm bg-line animate-wait ${width}`} />
      ))}
    </div>
  );
}
