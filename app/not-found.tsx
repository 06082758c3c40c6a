import type { Metadata } from "next";
import { PageMissing } from "@/components/shell/page-missing";

export const metadata: Metadata = { title: "Nothing is here" };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-3xl px-4 py-16">
      <PageMissing />
    </main>
  );
}
