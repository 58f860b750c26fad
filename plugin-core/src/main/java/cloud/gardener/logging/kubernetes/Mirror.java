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

  /** What was told last may have changed, and is asked for at this moment. */
  void behind();

  /** Every change is told again, after {@link #problem} or {@link #behind}, or for the first time. */
  void connected();
}
