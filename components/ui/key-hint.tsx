/** The key that does the same; hidden where there is no keyboard. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <span aria-hidden="true" className="touch:hidden">
      <kbd className="rounded-sm border border-current px-1 font-sans text-xs font-normal opacity-80">{keys}</kbd>
    </span>
  );
}
