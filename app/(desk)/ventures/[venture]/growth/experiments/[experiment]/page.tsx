import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CountHistory, DesignSummary } from "@/components/experiments/design-summary";
import { Outcome } from "@/components/experiments/outcome";
import { RunControls } from "@/components/experiments/run-controls";
import { StandingPanel } from "@/components/experiments/standing-panel";
import { STATUS_WORDS } from "@/components/experiments/words";
import { WorkSections } from "@/components/experiments/work-sections";
import { readerZone } from "@/components/shell/reader";
import { Badge } from "@/components/ui/badge";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { findExperiment } from "@/lib/experiments/queries";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Experiment" };

type Props = { params: Promise<{ venture: string; experiment: string }> };

export default async function ExperimentPage({ params }: Props) {
  const actor = await requirePermission("venture:read");
  const { venture: slug, experiment } = await params;
  const venture = await ventureOf(slug);
  const [detail, zone] = await Promise.all([
    venture ? findExperiment(actor, venture.id, experiment) : null,
    readerZone(),
  ]);
  if (!venture || !detail) notFound();
  const { head, imports } = detail;
  const mayRun = isPermitted(actor.role, "experiment:run");
  const list = `/ventures/${venture.slug}/growth/experiments`;
  return (
    <>
      <PageHeader
        trail={<TextLink href={list}>Experiments</TextLink>}
        title={
          <>
            {head.name} <Badge>{STATUS_WORDS[head.status]}</Badge>
          </>
        }
        lead={head.hypothesis}
        actions={
          mayRun ? (
            <>
              {head.status === "draft" ? (
                <ButtonLink href={`${list}/${head.id}/design`}>Change the design</ButtonLink>
              ) : null}
              <RunControls experimentId={head.id} version={head.version} status={head.status} />
            </>
          ) : null
        }
      />
      <div className="grid gap-9">
        <Outcome head={head} />
        {head.status === "draft" ? null : <StandingPanel detail={detail} />}
        {head.status === "running" && mayRun ? <WorkSections detail={detail} /> : null}
        <Section title="Design">
          <DesignSummary detail={detail} />
        </Section>
        {imports.length > 0 ? (
          <Section title="History of the counts">
            <CountHistory imports={imports} zone={zone} />
          </Section>
        ) : null}
      </div>
    </>
  );
}
