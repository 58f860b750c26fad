package cloud.gardener.logging.otlp.resource;

import cloud.gardener.logging.otlp.value.Slice;

/**
 * Derives the name of a pod's owner from the pod's name: Kubernetes generates pod names from the name of the owner.
 *
 * <pre>
 *  Deployment   name-[ReplicaSet's hash]-[5 random characters]
 *  CronJob      name-[time in minutes or seconds]-[5 random characters]
 *  DaemonSet    name-[5 random characters]         also Job and ReplicaSet
 *  StatefulSet  name-[ordinal]
 *  static pod   name-[node's name]
 * </pre>
 *
 * Kubernetes draws random characters from an alphabet without vowels and without 0, 1 and 3, so that no English word is
 * mistaken for them ({@code kube-proxy} has no owner {@code kube}). A hand-made suffix that mixes letters and digits is
 * recognised as well.
 *
 * <p>Stateless.
 */
final class ServiceName {
  private static final int NONE = -1;
  private static final int RANDOM_CHARACTERS = 5;
  private static final int LONGEST_ORDINAL = 5;
  private static final String RANDOM_ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

  /** A ReplicaSet's hash is a decimal number whose digits are encoded with this part of the alphabet. */
  private static final String HASH_ALPHABET = "456789bcdf";

  private ServiceName() {}

  /**
   * Returns the length in bytes of the owner's name at the start of a pod's name, or -1 if it cannot be derived.
   *
   * @param hash the label pod-template-hash, or empty
   * @param node the name of the pod's node, or empty
   */
  static int ownerLength(Slice pod, Slice hash, Slice node) {
    int staticPod = lengthWithout(pod, pod.length, node);
    if (staticPod != NONE) {
      return staticPod;
    }
    int dash = lastDash(pod, pod.length);
    if (dash <= 0) {
      return NONE;
    }
    int generated = isRandom(pod, dash + 1, pod.length) ? dash : NONE;
    boolean mayBeGenerated = generated != NONE || pod.length - dash - 1 == RANDOM_CHARACTERS;
    if (mayBeGenerated) {
      int labelled = lengthWithout(pod, dash, hash);
      if (labelled != NONE) {
        return labelled;
      }
      int before = lastDash(pod, dash);
      if (before > 0 && isHashOrTime(pod, before + 1, dash)) {
        return before;
      }
    }
    if (generated != NONE) {
      return generated;
    }
    boolean ordinal =
        pod.length - dash - 1 <= LONGEST_ORDINAL && isDigits(pod, dash + 1, pod.length);
    return ordinal ? dash : NONE;
  }

  /** Returns the length of the part before a dash and this suffix; -1 if the name ends differently. */
  private static int lengthWithout(Slice name, int length, Slice end) {
    int start = length - end.length;
    if (end.length == 0 || start < 2 || name.get(start - 1) != '-') {
      return NONE;
    }
    for (int i = 0; i < end.length; i++) {
      if (name.get(start + i) != end.get(i)) {
        return NONE;
      }
    }
    return start - 1;
  }

  private static int lastDash(Slice name, int length) {
    int at = length - 1;
    while (at >= 0 && name.get(at) != '-') {
      at--;
    }
    return at;
  }

  private static boolean isRandom(Slice name, int from, int to) {
    return to - from == RANDOM_CHARACTERS
        && !isDigits(name, from, to)
        && (isOf(RANDOM_ALPHABET, name, from, to) || isLettersAndDigits(name, from, to));
  }

  private static boolean isHashOrTime(Slice name, int from, int to) {
    int length = to - from;
    return length >= 6 && length <= 10 && isOf(HASH_ALPHABET, name, from, to)
        || length >= 8 && length <= 10 && (isDigits(name, from, to) || isLettersAndDigits(name, from, to));
  }

  private static boolean isDigits(Slice name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(name.get(i))) {
        return false;
      }
    }
    return to > from;
  }

  /** Whether the range has both letters and digits, and no other characters. */
  private static boolean isLettersAndDigits(Slice name, int from, int to) {
    int digits = 0;
    for (int i = from; i < to; i++) {
      if (isDigit(name.get(i))) {
        digits++;
      } else if (name.get(i) < 'a' || name.get(i) > 'z') {
        return false;
      }
    }
    return digits > 0 && digits < to - from;
  }

  private static boolean isOf(String alphabet, Slice name, int from, int to) {
    for (int i = from; i < to; i++) {
      if (alphabet.indexOf(name.get(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(int letter) {
    return letter >= '0' && letter <= '9';
  }
}
