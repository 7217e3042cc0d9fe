#[allow(unused_imports)]
pub use progenitor_client::{ByteStream, ClientInfo, Error, ResponseValue};
#[allow(unused_imports)]
use progenitor_client::{encode_path, ClientHooks, OperationInfo, RequestBuilderExt};
/// Types used as operation parameters and responses.
#[allow(clippy::all)]
pub mod types {
    ///`AcceptSolutionSolutionId`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AcceptSolutionSolutionId(::std::string::String);
    impl ::std::ops::Deref for AcceptSolutionSolutionId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AcceptSolutionSolutionId> for ::std::string::String {
        fn from(value: AcceptSolutionSolutionId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AcceptSolutionSolutionId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AcceptSolutionSolutionId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AcceptSolutionSolutionId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AcceptSolutionSolutionId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`AcceptSolutionVersion`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct AcceptSolutionVersion(::std::string::String);
    impl ::std::ops::Deref for AcceptSolutionVersion {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<AcceptSolutionVersion> for ::std::string::String {
        fn from(value: AcceptSolutionVersion) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for AcceptSolutionVersion {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^v[0-9]+\\.[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^v[0-9]+\\.[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for AcceptSolutionVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for AcceptSolutionVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for AcceptSolutionVersion {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`CreateSolutionApplicationId`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CreateSolutionApplicationId(::std::string::String);
    impl ::std::ops::Deref for CreateSolutionApplicationId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CreateSolutionApplicationId> for ::std::string::String {
        fn from(value: CreateSolutionApplicationId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CreateSolutionApplicationId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateSolutionApplicationId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateSolutionApplicationId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CreateSolutionApplicationId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`CreateSolutionVersion`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct CreateSolutionVersion(::std::string::String);
    impl ::std::ops::Deref for CreateSolutionVersion {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<CreateSolutionVersion> for ::std::string::String {
        fn from(value: CreateSolutionVersion) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for CreateSolutionVersion {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^v[0-9]+\\.[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^v[0-9]+\\.[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for CreateSolutionVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for CreateSolutionVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for CreateSolutionVersion {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The Graph API's answer to a request that failed.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct GraphApiError {
        pub error: GraphApiErrorError,
    }
    ///What went wrong.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct GraphApiErrorError {
        ///Number that identifies the error.
        pub code: i64,
        ///Number that narrows the code down, where there is one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_subcode: ::std::option::Option<i64>,
        ///Message of the error, fit to be shown to users.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_user_msg: ::std::option::Option<::std::string::String>,
        ///Title of the error, fit to be shown to users.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub error_user_title: ::std::option::Option<::std::string::String>,
        ///Trace ID of this request, for debugging and for asking Meta's support.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub fbtrace_id: ::std::option::Option<::std::string::String>,
        ///Whether the error is a passing one, so that the request should be tried again.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub is_transient: ::std::option::Option<bool>,
        ///What is wrong, in words for people to read.
        pub message: ::std::string::String,
        ///The class that the error belongs to, for programs to act on.
        #[serde(rename = "type")]
        pub type_: ::std::string::String,
    }
    ///Where a page stands in its list.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct Paging {
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub cursors: ::std::option::Option<PagingCursors>,
        ///URL of the page that follows, if there is one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub next: ::std::option::Option<::std::string::String>,
        ///URL of the page before, if there is one.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub previous: ::std::option::Option<::std::string::String>,
    }
    ///Both ends of the page.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct PagingCursors {
        ///Cursor of the last item.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub after: ::std::option::Option<::std::string::String>,
        ///Cursor of the first item.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub before: ::std::option::Option<::std::string::String>,
    }
    ///`SolutionSolutionId`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SolutionSolutionId(::std::string::String);
    impl ::std::ops::Deref for SolutionSolutionId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SolutionSolutionId> for ::std::string::String {
        fn from(value: SolutionSolutionId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SolutionSolutionId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SolutionSolutionId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SolutionSolutionId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SolutionSolutionId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`SolutionVersion`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SolutionVersion(::std::string::String);
    impl ::std::ops::Deref for SolutionVersion {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SolutionVersion> for ::std::string::String {
        fn from(value: SolutionVersion) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SolutionVersion {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^v[0-9]+\\.[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^v[0-9]+\\.[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SolutionVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SolutionVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SolutionVersion {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`SolutionsPageApplicationId`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SolutionsPageApplicationId(::std::string::String);
    impl ::std::ops::Deref for SolutionsPageApplicationId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SolutionsPageApplicationId> for ::std::string::String {
        fn from(value: SolutionsPageApplicationId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SolutionsPageApplicationId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SolutionsPageApplicationId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SolutionsPageApplicationId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SolutionsPageApplicationId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///`SolutionsPageVersion`
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct SolutionsPageVersion(::std::string::String);
    impl ::std::ops::Deref for SolutionsPageVersion {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<SolutionsPageVersion> for ::std::string::String {
        fn from(value: SolutionsPageVersion) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for SolutionsPageVersion {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^v[0-9]+\\.[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^v[0-9]+\\.[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str> for SolutionsPageVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String> for SolutionsPageVersion {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de> for SolutionsPageVersion {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**A permission on a WhatsApp Business Account that a Multi-Partner Solution can configure. MESSAGING is the
only one so far that this API lets anyone configure.
*/
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum WhatsAppBusinessAccountConfigurablePermissionTask {
        #[serde(rename = "MESSAGING")]
        Messaging,
    }
    impl ::std::fmt::Display for WhatsAppBusinessAccountConfigurablePermissionTask {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Messaging => f.write_str("MESSAGING"),
            }
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessAccountConfigurablePermissionTask {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "MESSAGING" => Ok(Self::Messaging),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str>
    for WhatsAppBusinessAccountConfigurablePermissionTask {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for WhatsAppBusinessAccountConfigurablePermissionTask {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///A permission on a WhatsApp Business Account.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[serde(transparent)]
    pub struct WhatsAppBusinessAccountPermissionTask(pub ::std::string::String);
    impl ::std::ops::Deref for WhatsAppBusinessAccountPermissionTask {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WhatsAppBusinessAccountPermissionTask>
    for ::std::string::String {
        fn from(value: WhatsAppBusinessAccountPermissionTask) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::string::String>
    for WhatsAppBusinessAccountPermissionTask {
        fn from(value: ::std::string::String) -> Self {
            Self(value)
        }
    }
    impl ::std::fmt::Display for WhatsAppBusinessAccountPermissionTask {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessAccountPermissionTask {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.to_string()))
        }
    }
    /**A solution. Only the fields that were asked for come, and of those only the ones that the access token may see;
id comes always.
*/
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolution {
        ///ID of the solution.
        pub id: ::std::string::String,
        ///Name of the solution, 2 to 75 characters.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner_app: ::std::option::Option<WhatsAppBusinessSolutionApp>,
        /**What the solution owner may do. The default permissions of a solution partner are among them, and MESSAGING
if the owner holds it.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub owner_permissions: ::std::option::Option<
            ::std::vec::Vec<WhatsAppBusinessAccountPermissionTask>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub partners: ::std::option::Option<WhatsAppBusinessSolutionPartners>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<WhatsAppBusinessSolutionStatus>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status_for_pending_request: ::std::option::Option<
            WhatsAppBusinessSolutionPendingStatus,
        >,
    }
    ///What is sent to accept an invitation.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolutionAcceptRequest {
        /**Names a session, for logging and debugging; may be left out. With it, one acceptance can be followed
through several API calls.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub log_session_id: ::std::option::Option<::std::string::String>,
        /**ID of the partner application that accepts. It has to be the very app that the invitation went to.
*/
        pub partner_app_id: WhatsAppBusinessSolutionAcceptRequestPartnerAppId,
    }
    /**ID of the partner application that accepts. It has to be the very app that the invitation went to.
*/
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct WhatsAppBusinessSolutionAcceptRequestPartnerAppId(::std::string::String);
    impl ::std::ops::Deref for WhatsAppBusinessSolutionAcceptRequestPartnerAppId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WhatsAppBusinessSolutionAcceptRequestPartnerAppId>
    for ::std::string::String {
        fn from(value: WhatsAppBusinessSolutionAcceptRequestPartnerAppId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessSolutionAcceptRequestPartnerAppId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str>
    for WhatsAppBusinessSolutionAcceptRequestPartnerAppId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for WhatsAppBusinessSolutionAcceptRequestPartnerAppId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de>
    for WhatsAppBusinessSolutionAcceptRequestPartnerAppId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The answer to an acceptance.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolutionAcceptResponse {
        ///A confirmation, for people to read.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub message: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub partner_status: ::std::option::Option<
            crate::partner_status::WhatsAppBusinessSolutionPartnerStatus,
        >,
        ///ID of the solution whose invitation was accepted.
        pub solution_id: ::std::string::String,
        ///Whether accepting succeeded.
        pub success: bool,
        ///When the acceptance was processed.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub update_time: ::std::option::Option<::std::string::String>,
    }
    ///An app that has a part in a solution.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolutionApp {
        ///ID of the app.
        pub id: ::std::string::String,
        ///Address of the app.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub link: ::std::option::Option<::std::string::String>,
        ///Name of the app.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub name: ::std::option::Option<::std::string::String>,
    }
    ///What is sent to create a Multi-Partner Solution.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolutionCreateRequest {
        /**Configurable permissions of the solution owner's app. MESSAGING is the only one that is supported so
far. An empty array gives the owner no configurable permission.
*/
        pub owner_permissions: ::std::vec::Vec<
            WhatsAppBusinessAccountConfigurablePermissionTask,
        >,
        /**Facebook application ID of the partner's app, the one that is to take part in the solution. It has to
be valid, and accessible to whoever sends the request.
*/
        pub partner_app_id: WhatsAppBusinessSolutionCreateRequestPartnerAppId,
        /**Configurable permissions of the partner's app. MESSAGING is the only one that is supported so far. An
empty array gives the partner no configurable permission.
*/
        pub partner_permissions: ::std::vec::Vec<
            WhatsAppBusinessAccountConfigurablePermissionTask,
        >,
        /**Name of the solution, for people to read. Partner dashboards and the interfaces of solution management
use it to identify and manage the solution.
*/
        pub solution_name: WhatsAppBusinessSolutionCreateRequestSolutionName,
    }
    /**Facebook application ID of the partner's app, the one that is to take part in the solution. It has to
be valid, and accessible to whoever sends the request.
*/
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct WhatsAppBusinessSolutionCreateRequestPartnerAppId(::std::string::String);
    impl ::std::ops::Deref for WhatsAppBusinessSolutionCreateRequestPartnerAppId {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WhatsAppBusinessSolutionCreateRequestPartnerAppId>
    for ::std::string::String {
        fn from(value: WhatsAppBusinessSolutionCreateRequestPartnerAppId) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessSolutionCreateRequestPartnerAppId {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            static PATTERN: ::std::sync::LazyLock<::regress::Regex> = ::std::sync::LazyLock::new(||
            { ::regress::Regex::new("^[0-9]+$").unwrap() });
            if PATTERN.find(value).is_none() {
                return Err("doesn't match pattern \"^[0-9]+$\"".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str>
    for WhatsAppBusinessSolutionCreateRequestPartnerAppId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for WhatsAppBusinessSolutionCreateRequestPartnerAppId {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de>
    for WhatsAppBusinessSolutionCreateRequestPartnerAppId {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    /**Name of the solution, for people to read. Partner dashboards and the interfaces of solution management
use it to identify and manage the solution.
*/
    #[derive(::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
    #[serde(transparent)]
    pub struct WhatsAppBusinessSolutionCreateRequestSolutionName(::std::string::String);
    impl ::std::ops::Deref for WhatsAppBusinessSolutionCreateRequestSolutionName {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WhatsAppBusinessSolutionCreateRequestSolutionName>
    for ::std::string::String {
        fn from(value: WhatsAppBusinessSolutionCreateRequestSolutionName) -> Self {
            value.0
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessSolutionCreateRequestSolutionName {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            if value.chars().count() > 75usize {
                return Err("longer than 75 characters".into());
            }
            if value.chars().count() < 2usize {
                return Err("shorter than 2 characters".into());
            }
            Ok(Self(value.to_string()))
        }
    }
    impl ::std::convert::TryFrom<&str>
    for WhatsAppBusinessSolutionCreateRequestSolutionName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for WhatsAppBusinessSolutionCreateRequestSolutionName {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl<'de> ::serde::Deserialize<'de>
    for WhatsAppBusinessSolutionCreateRequestSolutionName {
        fn deserialize<D>(deserializer: D) -> ::std::result::Result<Self, D::Error>
        where
            D: ::serde::Deserializer<'de>,
        {
            ::std::string::String::deserialize(deserializer)?
                .parse()
                .map_err(|e: self::error::ConversionError| {
                    <D::Error as ::serde::de::Error>::custom(e.to_string())
                })
        }
    }
    ///The answer to a creation that succeeded.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolutionCreateResponse {
        /**The ID that identifies the new solution, unique to it. Later calls that manage the solution take it.
*/
        pub solution_id: ::std::string::String,
    }
    ///A partner in a solution.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Default, PartialEq)]
    pub struct WhatsAppBusinessSolutionPartner {
        ///ID of the partnership.
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub id: ::std::option::Option<::std::string::String>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub partner_app: ::std::option::Option<WhatsAppBusinessSolutionApp>,
        /**What the partner may do. The default permissions of a solution partner are among them, and MESSAGING if the
partner holds it.
*/
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub partner_permissions: ::std::option::Option<
            ::std::vec::Vec<WhatsAppBusinessAccountPermissionTask>,
        >,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub status: ::std::option::Option<
            crate::partner_status::WhatsAppBusinessSolutionPartnerStatus,
        >,
    }
    ///The partners in the solution.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolutionPartners {
        ///The partners.
        pub data: ::std::vec::Vec<WhatsAppBusinessSolutionPartner>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub paging: ::std::option::Option<Paging>,
    }
    ///Which change of status waits for a partner.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[serde(transparent)]
    pub struct WhatsAppBusinessSolutionPendingStatus(pub ::std::string::String);
    impl ::std::ops::Deref for WhatsAppBusinessSolutionPendingStatus {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WhatsAppBusinessSolutionPendingStatus>
    for ::std::string::String {
        fn from(value: WhatsAppBusinessSolutionPendingStatus) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::string::String>
    for WhatsAppBusinessSolutionPendingStatus {
        fn from(value: ::std::string::String) -> Self {
            Self(value)
        }
    }
    impl ::std::fmt::Display for WhatsAppBusinessSolutionPendingStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessSolutionPendingStatus {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.to_string()))
        }
    }
    ///The part that an app has in a solution.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Copy,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    pub enum WhatsAppBusinessSolutionRole {
        #[serde(rename = "OWNER")]
        Owner,
        #[serde(rename = "PARTNER")]
        Partner,
    }
    impl ::std::fmt::Display for WhatsAppBusinessSolutionRole {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            match *self {
                Self::Owner => f.write_str("OWNER"),
                Self::Partner => f.write_str("PARTNER"),
            }
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessSolutionRole {
        type Err = self::error::ConversionError;
        fn from_str(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            match value {
                "OWNER" => Ok(Self::Owner),
                "PARTNER" => Ok(Self::Partner),
                _ => Err("invalid value".into()),
            }
        }
    }
    impl ::std::convert::TryFrom<&str> for WhatsAppBusinessSolutionRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: &str,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    impl ::std::convert::TryFrom<::std::string::String>
    for WhatsAppBusinessSolutionRole {
        type Error = self::error::ConversionError;
        fn try_from(
            value: ::std::string::String,
        ) -> ::std::result::Result<Self, self::error::ConversionError> {
            value.parse()
        }
    }
    ///How far a solution has come. The guide names PENDING and PENDING_DEACTIVATION too.
    #[derive(
        ::serde::Deserialize,
        ::serde::Serialize,
        Clone,
        Debug,
        Eq,
        Hash,
        Ord,
        PartialEq,
        PartialOrd
    )]
    #[serde(transparent)]
    pub struct WhatsAppBusinessSolutionStatus(pub ::std::string::String);
    impl ::std::ops::Deref for WhatsAppBusinessSolutionStatus {
        type Target = ::std::string::String;
        fn deref(&self) -> &::std::string::String {
            &self.0
        }
    }
    impl ::std::convert::From<WhatsAppBusinessSolutionStatus> for ::std::string::String {
        fn from(value: WhatsAppBusinessSolutionStatus) -> Self {
            value.0
        }
    }
    impl ::std::convert::From<::std::string::String> for WhatsAppBusinessSolutionStatus {
        fn from(value: ::std::string::String) -> Self {
            Self(value)
        }
    }
    impl ::std::fmt::Display for WhatsAppBusinessSolutionStatus {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            self.0.fmt(f)
        }
    }
    impl ::std::str::FromStr for WhatsAppBusinessSolutionStatus {
        type Err = ::std::convert::Infallible;
        fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
            Ok(Self(value.to_string()))
        }
    }
    ///One page of a list of solutions.
    #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)]
    pub struct WhatsAppBusinessSolutionsResponse {
        ///The solutions on this page.
        pub data: ::std::vec::Vec<WhatsAppBusinessSolution>,
        #[serde(skip_serializing_if = "::std::option::Option::is_none")]
        pub paging: ::std::option::Option<Paging>,
    }
    /// Error types.
    pub mod error {
        /// Error from a `TryFrom` or `FromStr` implementation.
        pub struct ConversionError(::std::borrow::Cow<'static, str>);
        impl ::std::error::Error for ConversionError {}
        impl ::std::fmt::Display for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }
        impl ::std::fmt::Debug for ConversionError {
            fn fmt(
                &self,
                f: &mut ::std::fmt::Formatter<'_>,
            ) -> Result<(), ::std::fmt::Error> {
                ::std::fmt::Debug::fmt(&self.0, f)
            }
        }
        impl From<&'static str> for ConversionError {
            fn from(value: &'static str) -> Self {
                Self(value.into())
            }
        }
        impl From<String> for ConversionError {
            fn from(value: String) -> Self {
                Self(value.into())
            }
        }
    }
}
#[derive(Clone, Debug)]
/**Client for WhatsApp Business Multi-Partner Solutions

Multi-Partner Solutions let a solution owner and a partner application work together on WhatsApp Business
messaging.

**Solution Creation API.** The solution owner creates a solution and says in it how permissions are divided
between its own app and the app of one partner. That gives a partnership a defined structure: messaging can be
handed to the other side, while access stays controlled and each business keeps its boundaries.

**Solution Accept API.** A partner application that was invited into a solution accepts the invitation and so
takes part in it.


Version: v25.0*/
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: reqwest::Client,
    pub(crate) inner: crate::generated::RequestSlot,
}
impl Client {
    /// Create a new client.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new(baseurl: &str, inner: crate::generated::RequestSlot) -> Self {
        #[cfg(not(target_arch = "wasm32"))]
        let client = {
            let dur = ::std::time::Duration::from_secs(15u64);
            reqwest::ClientBuilder::new().connect_timeout(dur).timeout(dur)
        };
        #[cfg(target_arch = "wasm32")]
        let client = reqwest::ClientBuilder::new();
        Self::new_with_client(baseurl, client.build().unwrap(), inner)
    }
    /// Construct a new client with an existing `reqwest::Client`,
    /// allowing more control over its configuration.
    ///
    /// `baseurl` is the base URL provided to the internal
    /// `reqwest::Client`, and should include a scheme and hostname,
    /// as well as port and a path stem if applicable.
    pub fn new_with_client(
        baseurl: &str,
        client: reqwest::Client,
        inner: crate::generated::RequestSlot,
    ) -> Self {
        Self {
            baseurl: baseurl.to_string(),
            client,
            inner,
        }
    }
}
impl ClientInfo<crate::generated::RequestSlot> for Client {
    fn api_version() -> &'static str {
        "v25.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &reqwest::Client {
        &self.client
    }
    fn inner(&self) -> &crate::generated::RequestSlot {
        &self.inner
    }
}
const _: () = {
    #[allow(dead_code)]
    fn assert_client_hooks()
    where
        Client: ClientHooks<crate::generated::RequestSlot>,
    {}
};
#[allow(clippy::all)]
impl Client {
    /**Create a Multi-Partner Solution

Creates a new Multi-Partner Solution. The solution fixes how permissions for WhatsApp Business messaging
are divided between the app of the solution owner and the app of one partner.

## Permission Logic

- MESSAGING goes to one of the two, the owner or the partner app, never to both.
- One of the two has to hold it: a solution in which nobody has MESSAGING is refused.
- The default permissions of a solution partner come to both sides by themselves.
- An empty permission array says that this side gets no configurable permission.

## Solution Lifecycle

- A new solution has the status INITIATED.
- It is not active yet: an activation workflow in solution management has to follow.
- Partner Dashboard and the solution management APIs can both manage it.

## Rate Limiting

The ordinary rate limits of the Graph API hold, with the throttling of WhatsApp Business Management. A
request that was rate limited is to be retried sensibly, with exponential backoff.

## Validation

- The partner app has to be accessible and to have the capabilities that this needs.
- The combination of permissions is checked against the business rules.
- The name of the solution has to keep to the rules for length and content.


Sends a `POST` request to `/{Version}/{Application-ID}/whatsapp_business_solution`

Arguments:
- `version`: Version of the Graph API that is to serve this request; it decides how the API behaves and what it
offers. New integrations should take the latest stable one.

- `application_id`: ID of your own Facebook application, the one that is to be the solution owner. It becomes the primary
owner of what is created.

- `user_agent`: Names the client software that sends the request.
- `body`
*/
    pub async fn create_solution<'a>(
        &'a self,
        version: &'a types::CreateSolutionVersion,
        application_id: &'a types::CreateSolutionApplicationId,
        user_agent: Option<&'a str>,
        body: &'a types::WhatsAppBusinessSolutionCreateRequest,
    ) -> Result<
        ResponseValue<types::WhatsAppBusinessSolutionCreateResponse>,
        Error<types::GraphApiError>,
    > {
        let url = format!(
            "{}/{}/{}/whatsapp_business_solution", self.baseurl, encode_path(& version
            .to_string()), encode_path(& application_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = user_agent {
            header_map.append("User-Agent", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "create_solution",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**List the solutions of an app

Lists the solutions that an app owns, those it is a partner in, or both, page by page. An app without solutions
gets an empty list. In which order solutions come, and how soon a new one is among them, is not documented.


Sends a `GET` request to `/{Version}/{Application-ID}/whatsapp_business_solutions`

Arguments:
- `version`: Version of the Graph API that is to serve this request.
- `application_id`: ID of the app whose solutions are listed.
- `after`: Cursor behind which the page begins.
- `before`: Cursor before which the page ends.
- `fields`: The fields of each solution, separated by commas. name, status and status_for_pending_request, if it is left
out; id always comes. Fields of an object inside are named in braces behind it.

- `limit`: The most solutions on one page; 25, if it is left out.
- `role`: The part that the app has in the solutions listed. Both, if it is left out.
- `user_agent`: Names the client software that sends the request.
*/
    pub async fn solutions_page<'a>(
        &'a self,
        version: &'a types::SolutionsPageVersion,
        application_id: &'a types::SolutionsPageApplicationId,
        after: Option<&'a str>,
        before: Option<&'a str>,
        fields: Option<&'a str>,
        limit: Option<::std::num::NonZeroU64>,
        role: Option<types::WhatsAppBusinessSolutionRole>,
        user_agent: Option<&'a str>,
    ) -> Result<
        ResponseValue<types::WhatsAppBusinessSolutionsResponse>,
        Error<types::GraphApiError>,
    > {
        let url = format!(
            "{}/{}/{}/whatsapp_business_solutions", self.baseurl, encode_path(& version
            .to_string()), encode_path(& application_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = user_agent {
            header_map.append("User-Agent", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("after", &after))
            .query(&progenitor_client::QueryParam::new("before", &before))
            .query(&progenitor_client::QueryParam::new("fields", &fields))
            .query(&progenitor_client::QueryParam::new("limit", &limit))
            .query(&progenitor_client::QueryParam::new("role", &role))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "solutions_page",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Show a solution

Shows one solution, as far as the access token may see it.

Sends a `GET` request to `/{Version}/{Solution-ID}`

Arguments:
- `version`: Version of the Graph API that is to serve this request.
- `solution_id`: ID of the solution.
- `fields`: The fields of the solution, separated by commas. name, status and status_for_pending_request, if it is left
out; id always comes.

- `user_agent`: Names the client software that sends the request.
*/
    pub async fn solution<'a>(
        &'a self,
        version: &'a types::SolutionVersion,
        solution_id: &'a types::SolutionSolutionId,
        fields: Option<&'a str>,
        user_agent: Option<&'a str>,
    ) -> Result<
        ResponseValue<types::WhatsAppBusinessSolution>,
        Error<types::GraphApiError>,
    > {
        let url = format!(
            "{}/{}/{}", self.baseurl, encode_path(& version.to_string()), encode_path(&
            solution_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = user_agent {
            header_map.append("User-Agent", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .get(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .query(&progenitor_client::QueryParam::new("fields", &fields))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "solution",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
    /**Accept the invitation into a Multi-Partner Solution

Accepts, as a partner application, an invitation to take part in a Multi-Partner Solution. The partner's
status goes from NOTIFICATION_SENT to ACCEPTED; once every required partner has accepted, that lets the
solution move on towards ACTIVE.

## Use Cases

- Accept an invitation into the partnership of a Multi-Partner Solution.
- Make a partner take part in a solution that exists already.
- Confirm that the partner app commits itself to the solution's terms and conditions.
- Let the solution's workflow go on from INITIATED to ACTIVE.

## Business Logic

- An invitation can be accepted by the invited partner app and by no other.
- The solution has to be INITIATED for a partnership to be accepted.
- The status of the partner changes from NOTIFICATION_SENT to ACCEPTED.
- As soon as all required partners have accepted, the solution may turn ACTIVE.
- By accepting, the two apps enter into a formal partnership agreement.

## Rate Limiting

The ordinary rate limits of the Graph API hold. Retry sensibly, with exponential backoff.

## Validation

- A valid invitation into the solution has to have reached the partner app.
- The solution has to exist, and the partner app has to have access to it.
- The partner app needs the right permissions and capabilities.
- The request has to identify the partner app validly.


Sends a `POST` request to `/{Version}/{Solution-ID}/accept`

Arguments:
- `version`: Version of the Graph API that is to serve this request; it decides how the API behaves and what it
offers.

- `solution_id`: ID of the solution whose invitation is to be accepted. The invitation itself states it; partner
notifications and the interfaces of solution management show it too.

- `user_agent`: Names the client software that sends the request.
- `body`
*/
    pub async fn accept_solution<'a>(
        &'a self,
        version: &'a types::AcceptSolutionVersion,
        solution_id: &'a types::AcceptSolutionSolutionId,
        user_agent: Option<&'a str>,
        body: &'a types::WhatsAppBusinessSolutionAcceptRequest,
    ) -> Result<
        ResponseValue<types::WhatsAppBusinessSolutionAcceptResponse>,
        Error<types::GraphApiError>,
    > {
        let url = format!(
            "{}/{}/{}/accept", self.baseurl, encode_path(& version.to_string()),
            encode_path(& solution_id.to_string()),
        );
        let mut header_map = ::reqwest::header::HeaderMap::with_capacity(2usize);
        header_map
            .append(
                ::reqwest::header::HeaderName::from_static("api-version"),
                ::reqwest::header::HeaderValue::from_static(Self::api_version()),
            );
        if let Some(value) = user_agent {
            header_map.append("User-Agent", value.to_string().try_into()?);
        }
        #[allow(unused_mut)]
        let mut request = self
            .client
            .post(url)
            .header(
                ::reqwest::header::ACCEPT,
                ::reqwest::header::HeaderValue::from_static("application/json"),
            )
            .json(&body)
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation_id: "accept_solution",
        };
        self.pre(&mut request, &info).await?;
        let result = self.exec(request, &info).await;
        self.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            200u16 => ResponseValue::from_response(response).await,
            400u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            401u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            403u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            404u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            422u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            429u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            500u16 => {
                Err(Error::ErrorResponse(ResponseValue::from_response(response).await?))
            }
            _ => Err(Error::UnexpectedResponse(response)),
        }
    }
}
/// Items consumers will typically use such as the Client.
pub mod prelude {
    #[allow(unused_imports)]
    pub use super::Client;
}
