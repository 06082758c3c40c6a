"use client";

import { useParams } from "next/navigation";
import { ButtonLink } from "@/components/ui/link";

/** For a guest, whether it was never there, was taken out, or is not open to the group. */
export function DocumentMissing() {
  const { link } = useParams<{ link: string }>();
  return (
    <div className="grid justify-items-start gap-4 pt-12">
      <h1 className="headline text-2xl">This document is not here</h1>
      <p className="prose-width text-muted">It may have been taken out, or is not among the folders open to you.</p>
      <ButtonLink href={`/room/${link}`}>To the index</ButtonLink>
    </div>
  );
}
