/*
 * Tests the report of Java exceptions with a JVM that fails during the report. Whatever fails, no exception is left
 * pending, and none is pending during any other JNI call: that is not allowed, and a real JVM aborts on it with
 * -Xcheck:jni.
 */
#include "exception.h"

#include <stdarg.h>

#include "check.h"
#include "log.h"

/* An object is identified by its address. */
static struct _jobject {
    int unused;
} outer, inner, outer_name, inner_name, memory_error;

static jthrowable pending;
static int chars_held;
static int calls_with_pending;
static char logged[2048];

/* What fails: the characters of this string, a method of this name, or a frame. */
static jobject bad_string;
static jmethodID bad_method;
static bool bad_frame;

static struct _jmethodID {
    int unused;
} to_string_id, get_cause_id;

void log_line(int level, const char *format, ...)
{
    va_list args;

    (void) level;
    va_start(args, format);
    vsnprintf(logged, sizeof(logged), format, args);
    va_end(args);
}

/* Counts a call that must not be made while an exception is pending. */
static void count_call(void)
{
    calls_with_pending += pending != NULL;
}

static jclass JNICALL find_class(JNIEnv *env, const char *name)
{
    (void) env;
    (void) name;
    count_call();
    return &outer;
}

static jmethodID JNICALL get_method_id(JNIEnv *env, jclass class, const char *name, const char *signature)
{
    (void) env;
    (void) class;
    (void) signature;
    count_call();
    return strcmp(name, "toString") == 0 ? &to_string_id : &get_cause_id;
}

static jobject JNICALL call_object_method(JNIEnv *env, jobject object, jmethodID method, ...)
{
    (void) env;
    count_call();
    if (method == bad_method) {
        pending = &memory_error;
        return NULL;
    }
    if (method == &to_string_id) {
        return object == &outer ? &outer_name : &inner_name;
    }
    return object == &outer ? &inner : NULL;
}

static const char *JNICALL get_string_utf_chars(JNIEnv *env, jstring string, jboolean *is_copy)
{
    (void) env;
    (void) is_copy;
    count_call();
    if (string == bad_string) {
        pending = &memory_error;
        return NULL;
    }
    chars_held++;
    return string == &outer_name ? "Outer: text" : "Inner: text";
}

static void JNICALL release_string_utf_chars(JNIEnv *env, jstring string, const char *chars)
{
    (void) env;
    (void) string;
    (void) chars;
    chars_held--;
}

static jint JNICALL push_local_frame(JNIEnv *env, jint capacity)
{
    (void) env;
    (void) capacity;
    count_call();
    if (bad_frame) {
        pending = &memory_error;
        return -1;
    }
    return 0;
}

static jobject JNICALL pop_local_frame(JNIEnv *env, jobject result)
{
    (void) env;
    return result;
}

static void JNICALL delete_local_ref(JNIEnv *env, jobject object)
{
    (void) env;
    (void) object;
}

static jthrowable JNICALL exception_occurred(JNIEnv *env)
{
    (void) env;
    return pending;
}

static jboolean JNICALL exception_check(JNIEnv *env)
{
    (void) env;
    return pending != NULL;
}

static void JNICALL exception_clear(JNIEnv *env)
{
    (void) env;
    pending = NULL;
}

static const struct JNINativeInterface_ functions = {
    .FindClass = find_class,
    .GetMethodID = get_method_id,
    .CallObjectMethod = call_object_method,
    .GetStringUTFChars = get_string_utf_chars,
    .ReleaseStringUTFChars = release_string_utf_chars,
    .PushLocalFrame = push_local_frame,
    .PopLocalFrame = pop_local_frame,
    .DeleteLocalRef = delete_local_ref,
    .ExceptionOccurred = exception_occurred,
    .ExceptionCheck = exception_check,
    .ExceptionClear = exception_clear,
};
static JNIEnv env = &functions;

static void log_outer(void)
{
    pending = &outer;
    calls_with_pending = 0;
    chars_held = 0;
    CHECK(exception_log_pending(&env, "a test"));
    CHECK(pending == NULL);
    CHECK(calls_with_pending == 0);
    CHECK(chars_held == 0);
    bad_string = NULL;
    bad_method = NULL;
    bad_frame = false;
}

static void should_tell_an_exception_and_its_cause(void)
{
    log_outer();
    CHECK_TEXT(logged, "a test: Outer: text, caused by Inner: text");
}

static void should_leave_no_exception_pending_when_the_text_cannot_be_read(void)
{
    bad_string = &outer_name;
    log_outer();
    CHECK_TEXT(logged, "a test: a Java exception without a text, caused by Inner: text");
}

static void should_leave_no_exception_pending_when_the_causes_text_cannot_be_read(void)
{
    bad_string = &inner_name;
    log_outer();
    CHECK_TEXT(logged, "a test: Outer: text, caused by a Java exception without a text");
}

static void should_leave_no_exception_pending_when_it_has_no_text(void)
{
    bad_method = &to_string_id;
    log_outer();
    CHECK_TEXT(logged, "a test: a Java exception without a text, caused by a Java exception without a text");
}

static void should_leave_no_exception_pending_when_the_cause_cannot_be_read(void)
{
    bad_method = &get_cause_id;
    log_outer();
    CHECK_TEXT(logged, "a test: Outer: text");
}

static void should_leave_no_exception_pending_when_there_is_no_memory_for_a_frame(void)
{
    bad_frame = true;
    log_outer();
    CHECK_TEXT(logged, "a test: no memory");
}

static void should_say_nothing_where_nothing_is_pending(void)
{
    pending = NULL;
    CHECK(!exception_log_pending(&env, "a test"));
}

int main(void)
{
    CHECK(exception_bind(&env));
    RUN(should_tell_an_exception_and_its_cause);
    RUN(should_leave_no_exception_pending_when_the_text_cannot_be_read);
    RUN(should_leave_no_exception_pending_when_the_causes_text_cannot_be_read);
    RUN(should_leave_no_exception_pending_when_it_has_no_text);
    RUN(should_leave_no_exception_pending_when_the_cause_cannot_be_read);
    RUN(should_leave_no_exception_pending_when_there_is_no_memory_for_a_frame);
    RUN(should_say_nothing_where_nothing_is_pending);
    return 0;
}
