/** Where a refusal is said; empty it takes no room. */
export function Problem({ text }: { text: string | null }) {
  return (
    <p role="alert" className="text-sm font-medium text-critical-text empty:hidden">
      {text}
    </p>
  );
}
