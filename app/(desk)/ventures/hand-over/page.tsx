import type { Metadata } from "next";
import { HandOverForm } from "@/components/stage/run/hand-over-form";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { requirePermission } from "@/lib/auth/session";

export const metadata: Metadata = { title: "Hand-over of stage 39" };

export default async function HandOverPage() {
  await requirePermission("stage:trigger");
  return (
    <>
      <PageHeader
        title="Hand-over of stage 39"
        trail={<TextLink href="/ventures">Ventures</TextLink>}
        lead="A file of ventures that stage 39 reports mature. Each begins stage 40 at its entry gate: where the gate holds it opens, otherwise it waits for the chairman."
      />
      <HandOverForm />
    </>
  );
}
