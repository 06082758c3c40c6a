import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { DesignForm } from "@/components/experiments/design-form";
import { fieldsOf } from "@/components/experiments/design-state";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { requirePermission } from "@/lib/auth/session";
import { findExperiment, listLinkableInitiatives } from "@/lib/experiments/queries";
import { ventureOf } from "../../../../venture-of";

export const metadata: Metadata = { title: "Change the design" };

type Props = { params: Promise<{ venture: string; experiment: string }> };

export default async function DesignPage({ params }: Props) {
  const actor = await requirePermission("experiment:run");
  const { venture: slug, experiment } = await params;
  const venture = await ventureOf(slug);
  const detail = venture ? await findExperiment(actor, venture.id, experiment) : null;
  if (!venture || !detail) notFound();
  const { head } = detail;
  const path = `/ventures/${venture.slug}/growth/experiments/${head.id}`;
  if (head.status !== "draft") redirect(path);
  const initiatives = await listLinkableInitiatives(actor, venture.id);
  return (
    <>
      <PageHeader trail={<TextLink href={path}>{head.name}</TextLink>} title="Change the design" />
      <DesignForm
        venture={venture}
        initial={fieldsOf(head, head.design)}
        draft={{ id: head.id, version: head.version }}
        initiatives={initiatives}
      />
    </>
  );
}
