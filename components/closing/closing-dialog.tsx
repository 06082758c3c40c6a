"use client";

import { FormDialog, type FormDialogProps } from "@/components/ui/form-dialog";
import { ClosingProblem } from "./closing-problem";

/** A form of the closing in a dialog. */
export function ClosingDialog(props: Omit<FormDialogProps, "problem">) {
  return <FormDialog {...props} problem={(code, problems) => <ClosingProblem code={code} problems={problems} />} />;
}
