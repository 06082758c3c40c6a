import type { Metadata } from "next";
import { readerZone } from "@/components/shell/reader";
import { HandOverForm } from "@/components/stage/run/hand-over-form";
import { HandOverList } from "@/components/stage/run/hand-over-list";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { requirePermission } from "@/lib/auth/session";
import { listHandOvers } from "@/lib/stage/queries/hand-overs";

export const metadata: Metadata = { title: "Hand-over of stage 39" };

export default async function HandOverPage() {
  const actor = await requirePermission("stage:trigger");
  const [handOvers, zone] = await Promise.all([listHandOvers(actor), readerZone()]);
  return (
    <>
      <PageHeader
        title="Hand-over of stage 39"
        trail={<TextLink href="/ventures">Ventures</TextLink>}
        lead="A file of ventures that stage 39 reports mature. Each begins stage 40 at its entry gate: where the gate holds it opens, otherwise it waits for the chairman."
      />
      <div className="grid gap-9">
        <HandOverForm />
        <HandOverList handOvers={handOvers} zone={zone} />
      </div>
    </>
  );
}
