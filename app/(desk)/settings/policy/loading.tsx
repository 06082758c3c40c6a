import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function PolicyLoading() {
  return <SkeletonLines lines={12} />;
}
