package cloud.gardener.logging.kubernetes;

import java.util.List;

/** Follows the objects of one kind. Called on the control thread. */
interface Mirror {
  /** These exist, and no others. */
  void listed(List<ApiObject> all);

  /** This one exists, as it is. */
  void exists(ApiObject object);

  /** This one is gone. */
  void gone(ApiObject object);

  /** What was told last may have changed, and cannot be asked for. Told again with each attempt. */
  void problem(Problem problem);

  /** The API server answers, after {@link #problem} or for the first time. */
  void connected();
}
