import { TextLink } from "@/components/ui/link";

export type News = {
  id: string;
  who: string;
  did: string;
  about: string | null;
  venture: { slug: string; name: string } | null;
  when: string;
};

/** What happened while the reader was away, newest first. */
export function NewsList({ news }: { news: readonly News[] }) {
  if (news.length === 0) return <p className="py-2 text-muted">Nothing happened since.</p>;
  return (
    <ul>
      {news.map((item) => (
        <li key={item.id} className="flex items-baseline justify-between gap-4 border-b border-line py-2">
          <p className="min-w-0">
            {item.who} {item.did}
            {item.about ? <span>: “{item.about}”</span> : null}
            {item.venture ? (
              <span className="text-muted">
                {" "}
                at{" "}
                <TextLink href={`/ventures/${item.venture.slug}`} quiet data-list-item>
                  {item.venture.name}
                </TextLink>
              </span>
            ) : null}
          </p>
          <span className="shrink-0 text-sm text-muted">{item.when}</span>
        </li>
      ))}
    </ul>
  );
}
