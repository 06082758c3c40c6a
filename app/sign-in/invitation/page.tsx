import type { Metadata } from "next";
import { InvitationForm } from "@/components/auth/invitation-form";

export const metadata: Metadata = { title: "Choose a password" };

export default function InvitationPage() {
  return (
    <>
      <header>
        <h1 className="headline text-2xl">Choose a password</h1>
        <p className="mt-1 text-muted">This link works once. Sessions that were open before end.</p>
      </header>
      <InvitationForm />
    </>
  );
}
