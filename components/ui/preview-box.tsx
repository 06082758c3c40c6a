export type PreviewLine = { name: string; text: string };

type PreviewBoxProps = { before: readonly PreviewLine[]; lines: readonly PreviewLine[] };

/** What is typed would come to this; what it was, where it differs. Nothing of it is kept. */
export function PreviewBox({ before, lines }: PreviewBoxProps) {
  const was = new Map(before.map(({ name, text }) => [name, text]));
  return (
    <div className="border-l-3 border-edge bg-wash px-3 py-2" aria-live="polite">
      <p className="text-sm font-medium">Preview, not kept</p>
      {lines.length > 0 ? (
        <dl className="grid gap-1 text-sm">
          {lines.map(({ name, text }) => (
            <div key={name} className="flex flex-wrap justify-between gap-x-3">
              <dt className="text-muted">{name}</dt>
              <dd>
                {text}
                {was.get(name) === text ? null : (
                  <span className="text-muted"> (was {was.get(name) ?? "unknown"})</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="text-sm text-muted">Mend what is marked, and the effect stands here.</p>
      )}
    </div>
  );
}
