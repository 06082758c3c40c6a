import { SkeletonLines } from "@/components/ui/skeleton-lines";

export default function MemoLoading() {
  return <SkeletonLines />;
}
