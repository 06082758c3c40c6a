import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { plural } from "@/lib/format";

const TONES: Readonly<Record<string, LevelName>> = { critical: "critical", warning: "warning" };
const MOST = 3;

type Told = { id: string; severity: string; title: string; venture: { slug: string; name: string } | null };

/** Above the decisions: what was raised for the inbox and nobody has taken note of. It asks for nothing but to be seen. */
export function InboxAlerts({ alerts }: { alerts: readonly Told[] }) {
  if (alerts.length === 0) return null;
  return (
    <section aria-label="Alerts" className="mb-3 border-b border-line pb-2">
      <ul>
        {alerts.slice(0, MOST).map(({ id, severity, title, venture }) => (
          <li key={id} className="flex items-baseline gap-2 text-sm">
            <Level level={TONES[severity] ?? "unknown"} word={severity} markOnly />
            <TextLink
              href={`/alerts${venture ? `?venture=${venture.slug}` : ""}#alert-${id}`}
              quiet
              className="min-w-0 py-1 touch:py-3"
            >
              {venture ? `${venture.name}: ` : ""}
              {title}
            </TextLink>
          </li>
        ))}
      </ul>
      {alerts.length > MOST ? (
        <p className="text-sm text-muted">
          <TextLink href="/alerts" className="inline-block py-1 touch:py-3">
            {plural(alerts.length - MOST, "more alert")}
          </TextLink>
        </p>
      ) : null}
    </section>
  );
}
