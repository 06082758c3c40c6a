import { FigureValue, type FigureView } from "@/components/figures/figure-value";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { formatMoment } from "@/lib/format";
import { AlertNote } from "./alert-note";

export type Risk = {
  id: string;
  severity: string;
  title: string;
  detail: string;
  venture: { slug: string; name: string } | null;
  /** Where it is dealt with. */
  href?: string | null;
  /** The number that makes it one. */
  figure?: FigureView | null;
  /** The stored alert behind it; a critical level that no alert speaks of has none. */
  alert?: { raisedAt: Date; acknowledgedAt: Date | null; acknowledgedBy: string | null } | null;
};

const TONES: Readonly<Record<string, LevelName>> = { critical: "critical", warning: "warning" };

type RiskListProps = {
  risks: readonly Risk[];
  /** May the reader say that they have seen one? */
  mayNote?: boolean;
  zone?: string;
};

/** The gravest first. */
export function RiskList({ risks, mayNote = false, zone = "UTC" }: RiskListProps) {
  if (risks.length === 0) return <p className="py-2 text-muted">No standing alert.</p>;
  return (
    <ul>
      {risks.map((risk) => (
        <li key={risk.id} className="flex gap-2 border-b border-line py-2">
          <Level level={TONES[risk.severity] ?? "unknown"} word={risk.severity} markOnly />
          <div className="min-w-0 flex-1">
            <p>
              {risk.venture ? (
                <>
                  <TextLink href={`/ventures/${risk.venture.slug}`} quiet data-list-item className="font-medium">
                    {risk.venture.name}
                  </TextLink>
                  {": "}
                </>
              ) : null}
              {risk.href ? (
                <TextLink href={risk.href} quiet>
                  {risk.title}
                </TextLink>
              ) : (
                risk.title
              )}
              {risk.figure ? (
                <>
                  {" "}
                  <FigureValue figure={risk.figure} />
                </>
              ) : null}
            </p>
            {risk.detail ? <p className="line-clamp-2 text-sm text-muted">{risk.detail}</p> : null}
            {risk.alert?.acknowledgedAt ? (
              <p className="text-sm text-muted">
                Noted by {risk.alert.acknowledgedBy ?? "someone"}, {formatMoment(risk.alert.acknowledgedAt, zone)}
              </p>
            ) : null}
          </div>
          {mayNote && risk.alert ? (
            <span className="self-start" data-print="none">
              <AlertNote
                alertId={risk.id}
                raisedAt={risk.alert.raisedAt.toISOString()}
                title={risk.venture ? `${risk.venture.name}, ${risk.title}` : risk.title}
                noted={risk.alert.acknowledgedAt !== null}
              />
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
