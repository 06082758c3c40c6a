import { Disclosure } from "@/components/ui/disclosure";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { SelectOption } from "@/components/ui/select";
import { formatDay } from "@/lib/format";
import type { ImpedimentView } from "@/lib/stage/queries/impediments";
import type { ImpedimentKind } from "@/lib/stage/schema/impediments";
import { ImpedimentForm, LiftForm } from "./impediment-form";

type ImpedimentSectionProps = {
  title: string;
  /** What a reader finds here while nothing is recorded. */
  empty: string;
  ventureId: string;
  kind: ImpedimentKind;
  impediments: readonly ImpedimentView[];
  places: readonly SelectOption[];
  mayRecord: boolean;
};

/** What stands in the way of the exit, of one kind, and the form that records it. */
export function ImpedimentSection(props: ImpedimentSectionProps) {
  const { title, empty, ventureId, kind, impediments, places, mayRecord } = props;
  const needsPlace = kind !== "fundamental-issue";
  const form =
    mayRecord && (!needsPlace || places.length > 0) ? <ImpedimentForm {...{ ventureId, kind, places }} /> : null;
  return (
    <Section title={title}>
      <div className="grid gap-4 *:min-w-0">
        {impediments.length === 0 ? <p className="prose-width text-muted">{empty}</p> : null}
        <ul className="grid gap-4 empty:hidden">
          {impediments.map((one) => (
            <Impediment key={one.id} one={one} />
          ))}
        </ul>
        {form ? <div data-print="none">{form}</div> : null}
      </div>
    </Section>
  );
}

/** What it holds at present, in words. */
function heldWords({ holds, open }: ImpedimentView): string[] {
  if (!open) return [];
  return [
    ...(holds.sale ? ["Value realization (40.3) waits."] : []),
    ...(holds.preparation ? ["Exit preparation (40.2) waits."] : []),
    ...(holds.tranche ? ["The tranche is frozen."] : []),
    ...(holds.closing ? ["The deal cannot close before it is lifted."] : []),
  ];
}

function Impediment({ one }: { one: ImpedimentView }) {
  const { raisedBy, about, nature, grounds, evidence, occurredOn, recordedBy, open, memoId, plan, lifted } = one;
  return (
    <li className="grid gap-1 border-b border-line pb-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium wrap-anywhere">
          {raisedBy}
          {about ? `, about ${about}` : ""}
        </span>
        <Level level={open ? "critical" : "healthy"} word={open ? nature.toLowerCase() : "over"} />
      </p>
      <p className="prose-width wrap-anywhere">{grounds}</p>
      <p className="prose-width text-sm text-muted wrap-anywhere">
        Since {formatDay(occurredOn)}, recorded by {recordedBy}. It rests on: {evidence}
      </p>
      {heldWords(one).length > 0 ? <p>{heldWords(one).join(" ")}</p> : null}
      {lifted ? (
        <p className="prose-width wrap-anywhere">
          Over since {formatDay(lifted.on)}, said by {lifted.by}: {lifted.resolution}
        </p>
      ) : null}
      {memoId ? (
        <p>
          <TextLink href={`/inbox/${memoId}`}>The chairman’s memo</TextLink>
        </p>
      ) : null}
      {open ? (
        <Disclosure summary="Remediation plan">
          <ol className="list-decimal pl-5">
            {plan.map(({ title, days }) => (
              <li key={title}>
                {title} <span className="text-muted">(within {days} days)</span>
              </li>
            ))}
          </ol>
        </Disclosure>
      ) : null}
      {one.mayLift ? (
        <div data-print="none">
          <LiftForm key={one.version} impediment={one} />
        </div>
      ) : null}
    </li>
  );
}
