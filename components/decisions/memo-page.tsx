import { Notice } from "@/components/ui/notice";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { formatDay } from "@/lib/format";
import { ChangeBanner } from "./change-banner";
import type { ConditionMetric } from "./condition-fields";
import { ConditionList } from "./condition-list";
import { Dissent } from "./dissent";
import { MemoEvidence } from "./memo-evidence";
import { MemoHead } from "./memo-head";
import { MemoHistory } from "./memo-history";
import { MemoOptions } from "./memo-options";
import { MemoTables } from "./memo-tables";
import { MemoText } from "./memo-text";
import { OpinionBar } from "./opinion-bar";
import { Opinions } from "./opinions";
import { Outcome } from "./outcome";
import { QuestionThread } from "./question-thread";
import type { Reader } from "./reading-form";
import { RecordLine } from "./record-line";
import { SecondPerson } from "./second-person";
import { VerdictBar } from "./verdict-bar";

type MemoPageProps = {
  memo: MemoView;
  zone: string;
  metrics: readonly ConditionMetric[];
  readers: readonly Reader[];
};

/** One screen: what is recommended and why, what each option brings, who disagrees, what happens on approval. */
export function MemoPage({ memo, zone, metrics, readers }: MemoPageProps) {
  const { content, figures } = memo;
  const asked = memo.readings.find(({ own, givenAt }) => own && givenAt === null);
  const opines = asked !== undefined && memo.may.answer && !memo.may.decide;
  const say = (text: string) => <MemoText text={text} figures={figures} />;
  return (
    <article aria-labelledby="memo-title" className="grid gap-5 max-md:pb-20">
      <MemoHead memo={memo} zone={zone} />
      <ChangeBanner memo={memo} />
      {asked && memo.may.answer ? <AskedNotice reading={asked} /> : null}
      <Outcome memo={memo} zone={zone} />
      <SecondPerson memo={memo} zone={zone} />
      <ConditionList memo={memo} zone={zone} />
      <Part name="Recommendation">
        <p className="prose-width text-lg">{say(content.recommendation)}</p>
      </Part>
      {content.why.length > 0 ? (
        <Part name="Why">
          <ul className="grid gap-1 prose-width">
            {content.why.map((line) => (
              <li key={line}>{say(line)}</li>
            ))}
          </ul>
        </Part>
      ) : null}
      {content.tables && content.tables.length > 0 ? (
        <Part name="The case">
          <MemoTables tables={content.tables} figures={figures} />
        </Part>
      ) : null}
      <Part name="Options">
        <MemoOptions content={content} figures={figures} venture={memo.venture.name} />
      </Part>
      {content.dissent.length > 0 || memo.compared ? (
        <Part name="Dissent">
          <Dissent memo={memo} />
        </Part>
      ) : null}
      <Part name="On approval">
        <ul className="grid list-disc gap-1 pl-4 prose-width">
          {content.onApproval.map((line) => (
            <li key={line}>{say(line)}</li>
          ))}
        </ul>
        <p className="mt-1 prose-width text-muted">{say(content.reversibility)}</p>
      </Part>
      <Part name="Record">
        <RecordLine record={memo.record} policy={memo.policy} />
      </Part>
      <Opinions memo={memo} zone={zone} />
      <QuestionThread memo={memo} zone={zone} />
      <MemoEvidence memo={memo} />
      <MemoHistory memo={memo} zone={zone} />
      <VerdictBar memo={memo} metrics={metrics} readers={readers} />
      {opines && asked ? <OpinionBar memo={memo} readingId={asked.id} dueOn={asked.dueOn} /> : null}
    </article>
  );
}

function AskedNotice({ reading }: { reading: MemoView["readings"][number] }) {
  return (
    <Notice word="to read">
      {reading.askedBy} asks what you think of this by {formatDay(reading.dueOn)}
      {reading.note ? `: “${reading.note}”` : "."}
    </Notice>
  );
}

function Part({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <section aria-label={name} className="grid gap-x-6 gap-y-1 md:grid-cols-[8.5rem_minmax(0,1fr)]">
      <h2 className="rubric md:pt-0.5">{name}</h2>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
