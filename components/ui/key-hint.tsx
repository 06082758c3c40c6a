/** The key that does the same; hidden where there is no keyboard. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span aria-hidden="true" className="touch:hidden">
      <kbd className="rounded-sm border border-edge px-1 font-sans text-xs text-muted">{keys}</kbd>
    </span>
  );
}
