import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function DirectivesLoading() {
  return <SkeletonLines lines={10} label="Directives and handoffs are being read" />;
}
