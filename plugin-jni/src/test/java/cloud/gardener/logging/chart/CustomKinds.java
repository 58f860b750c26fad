package cloud.gardener.logging.chart;

import cloud.gardener.logging.kubernetes.Await;
import cloud.gardener.logging.kubernetes.ClusterAdmin;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The kinds of the Prometheus operator and of the vertical autoscaler: their definitions, without a schema. */
final class CustomKinds {
  private static final String DEFINITIONS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

  private record Kind(String group, String name) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("monitoring.coreos.com", "ServiceMonitor"),
          new Kind("monitoring.coreos.com", "PodMonitor"),
          new Kind("monitoring.coreos.com", "PrometheusRule"),
          new Kind("autoscaling.k8s.io", "VerticalPodAutoscaler"));

  private CustomKinds() {}

  /** Defines them, and returns when they are served. */
  static void define(ClusterAdmin admin) throws IOException, InterruptedException {
    for (Kind kind : KINDS) {
      admin.make(DEFINITIONS, definition(kind));
    }
    for (Kind kind : KINDS) {
      Await.until(kind.name() + " is served", () -> isServed(admin, kind));
    }
  }

  private static boolean isServed(ClusterAdmin admin, Kind kind) {
    try {
      admin.read("/apis/" + kind.group() + "/v1/" + plural(kind.name()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String definition(Kind kind) {
    String plural = plural(kind.name());
    return """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"%s.%s","annotations":{"api-approved.kubernetes.io":"unapproved, a test"}},
         "spec":{"group":"%s","scope":"Namespaced","names":{"plural":"%s","kind":"%s"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object",
           "properties":{"spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}}]}}"""
        .formatted(plural, kind.group(), kind.group(), plural, kind.name());
  }

  /** A kind's name in paths. */
  static String plural(String kind) {
    String name = kind.toLowerCase(Locale.ROOT);
    return name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
  }
}
