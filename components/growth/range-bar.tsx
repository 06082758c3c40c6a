/** A band from low to high with a tick at the middle, on a scale that the whole column shares; the numbers stand beside it. */
export function RangeBar({ low, middle, high, most }: { low: number; middle: number; high: number; most: number }) {
  const at = (value: number) => Math.max(0, Math.min(100, (value / (most || 1)) * 100));
  return (
    <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" className="block h-3 w-28">
      <line x1="0" x2="100" y1="11.5" y2="11.5" className="stroke-line" vectorEffect="non-scaling-stroke" />
      <rect x={at(low)} y="3" width={Math.max(0.8, at(high) - at(low))} height="6" className="fill-edge" />
      <rect x={Math.max(0, at(middle) - 0.8)} y="1" width="1.6" height="10" className="fill-series-1" />
    </svg>
  );
}
