import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AnswerUpload } from "@/components/governance/answer-upload";
import { DirectiveList } from "@/components/governance/directive-list";
import { AnswerLines, HandoffLine } from "@/components/governance/handoff-line";
import { LearningList } from "@/components/governance/learning-list";
import { SignalForm, SignalList } from "@/components/governance/signal-form";
import { readerZone } from "@/components/shell/reader";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listDirectives, listSignals, listVentureLearnings } from "@/lib/governance/queries";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Directives and handoffs" };

type DirectivesPageProps = { params: Promise<{ venture: string }> };

/** What the triggers wrote, what was handed over to governance, what came back. */
export default async function DirectivesPage({ params }: DirectivesPageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [zone, today] = [await readerZone(), clock.now().toISOString().slice(0, 10)];
  const [{ directives, retrospectives }, signals, { given, taught }] = await Promise.all([
    listDirectives(actor, venture.id),
    listSignals(actor, venture.id),
    listVentureLearnings(actor, venture.id),
  ]);
  const mayExchange = isPermitted(actor.role, "governance:exchange");
  const seesAll = actor.ventures === "all";
  return (
    <div className="grid grid-cols-1 gap-9">
      <div>
        <h1 className="headline text-xl">Directives and handoffs</h1>
        <p className="mt-1 prose-width text-muted">
          What the triggers wrote, once for each cause, and what was handed over to governance. What comes back is kept
          and shown; nothing of it runs. <TextLink href={`/ventures/${venture.slug}/activity`}>Activity</TextLink>
        </p>
      </div>
      <Section title="Directives">
        <DirectiveList directives={directives} zone={zone} mayExchange={mayExchange} />
      </Section>
      {retrospectives.length > 0 ? (
        <Section title="Retrospective">
          {retrospectives.map(({ handoff, answers }) => (
            <div key={handoff.id} className="py-2">
              <HandoffLine handoff={handoff} zone={zone} mayExchange={mayExchange} />
              <AnswerLines answers={answers} zone={zone} />
            </div>
          ))}
        </Section>
      ) : null}
      <Section title="Signals">
        {mayExchange && venture.stage === "active" ? (
          <SignalForm ventureId={venture.id} sector={venture.sector} today={today} mayShare={seesAll} />
        ) : null}
        <SignalList signals={signals} mayChange={mayExchange} />
      </Section>
      {mayExchange ? (
        <Section title="Answers">
          <AnswerUpload mayReadFolder={seesAll} />
        </Section>
      ) : null}
      <Section title="What earlier exits taught" aside="Given to this venture's agents as evidence">
        <LearningList
          learnings={given}
          mayChange={mayExchange}
          empty="Nothing that bears on this venture has come back yet."
        />
      </Section>
      {taught.length > 0 ? (
        <Section title="What this exit taught others">
          <LearningList learnings={taught} mayChange={mayExchange} empty="" />
        </Section>
      ) : null}
    </div>
  );
}
