import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DesignForm } from "@/components/experiments/design-form";
import { EMPTY_DESIGN } from "@/components/experiments/design-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { requirePermission } from "@/lib/auth/session";
import { listLinkableInitiatives } from "@/lib/experiments/queries";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Design an experiment" };

export default async function NewExperimentPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("experiment:run");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const initiatives = await listLinkableInitiatives(actor, venture.id);
  return (
    <>
      <PageHeader
        trail={<TextLink href={`/ventures/${venture.slug}/growth/experiments`}>Experiments</TextLink>}
        title="Design an experiment"
      />
      <DesignForm venture={venture} initial={EMPTY_DESIGN} draft={null} initiatives={initiatives} />
    </>
  );
}
