import { FigureValue, type FigureView } from "@/components/figures/figure-value";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";

export type Risk = {
  id: string;
  severity: string;
  title: string;
  detail: string;
  venture: { slug: string; name: string } | null;
  /** The number that makes it one. */
  figure?: FigureView | null;
};

const TONES: Readonly<Record<string, LevelName>> = { critical: "critical", warning: "warning" };

/** At most four, the gravest first. */
export function RiskList({ risks }: { risks: readonly Risk[] }) {
  if (risks.length === 0) return <p className="py-2 text-muted">No standing alert.</p>;
  return (
    <ul>
      {risks.map((risk) => (
        <li key={risk.id} className="flex gap-2 border-b border-line py-2">
          <Level level={TONES[risk.severity] ?? "unknown"} word={risk.severity} markOnly />
          <div className="min-w-0">
            <p>
              {risk.venture ? (
                <>
                  <TextLink href={`/ventures/${risk.venture.slug}`} quiet data-list-item className="font-medium">
                    {risk.venture.name}
                  </TextLink>
                  {": "}
                </>
              ) : null}
              {risk.title}
              {risk.figure ? (
                <>
                  {" "}
                  <FigureValue figure={risk.figure} />
                </>
              ) : null}
            </p>
            {risk.detail ? <p className="line-clamp-2 text-sm text-muted">{risk.detail}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  );
}
