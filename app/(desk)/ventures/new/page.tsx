import type { Metadata } from "next";
import { readerZone } from "@/components/shell/reader";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { NewVentureForm } from "@/components/ventures/new-venture-form";
import { ventureChoices } from "@/components/ventures/venture-choices";
import { requirePermission } from "@/lib/auth/session";

export const metadata: Metadata = { title: "New venture" };

export default async function NewVenturePage() {
  await requirePermission("venture:configure");
  return (
    <>
      <PageHeader
        title="New venture"
        trail={<TextLink href="/ventures">Ventures</TextLink>}
        lead="It begins as mature, before stage 40. Its data page comes next: metrics, customers, invoices and the cap table."
      />
      <NewVentureForm choices={ventureChoices()} timeZone={await readerZone()} />
    </>
  );
}
