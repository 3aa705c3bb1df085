// SPDX-License-Identifier: Apache-2.0
#include "twilio/dialing_code.hpp"

#include <algorithm>
#include <array>

namespace messenger::twilio {
namespace {

struct Zone {
  std::string_view digits;
  std::string_view country;
};

// ITU-T E.164 country codes, and the area codes of those that share one, in the order of digits.
// clang-format off
constexpr std::array zones{
    Zone{"1", "US"}, Zone{"1204", "CA"}, Zone{"1226", "CA"}, Zone{"1236", "CA"}, Zone{"1242", "BS"},
    Zone{"1246", "BB"}, Zone{"1249", "CA"}, Zone{"1250", "CA"}, Zone{"1257", "CA"}, Zone{"1263", "CA"},
    Zone{"1264", "AI"}, Zone{"1268", "AG"}, Zone{"1284", "VG"}, Zone{"1289", "CA"}, Zone{"1306", "CA"},
    Zone{"1340", "VI"}, Zone{"1343", "CA"}, Zone{"1345", "KY"}, Zone{"1354", "CA"}, Zone{"1365", "CA"},
    Zone{"1367", "CA"}, Zone{"1368", "CA"}, Zone{"1382", "CA"}, Zone{"1403", "CA"}, Zone{"1416", "CA"},
    Zone{"1418", "CA"}, Zone{"1428", "CA"}, Zone{"1431", "CA"}, Zone{"1437", "CA"}, Zone{"1438", "CA"},
    Zone{"1441", "BM"}, Zone{"1450", "CA"}, Zone{"1460", "CA"}, Zone{"1468", "CA"}, Zone{"1473", "GD"},
    Zone{"1474", "CA"}, Zone{"1506", "CA"}, Zone{"1514", "CA"}, Zone{"1519", "CA"}, Zone{"1537", "CA"},
    Zone{"1548", "CA"}, Zone{"1568", "CA"}, Zone{"1579", "CA"}, Zone{"1581", "CA"}, Zone{"1584", "CA"},
    Zone{"1587", "CA"}, Zone{"1604", "CA"}, Zone{"1613", "CA"}, Zone{"1639", "CA"}, Zone{"1647", "CA"},
    Zone{"1649", "TC"}, Zone{"1658", "JM"}, Zone{"1664", "MS"}, Zone{"1670", "MP"}, Zone{"1671", "GU"},
    Zone{"1672", "CA"}, Zone{"1683", "CA"}, Zone{"1684", "AS"}, Zone{"1705", "CA"}, Zone{"1709", "CA"},
    Zone{"1721", "SX"}, Zone{"1742", "CA"}, Zone{"1753", "CA"}, Zone{"1758", "LC"}, Zone{"1767", "DM"},
    Zone{"1778", "CA"}, Zone{"1780", "CA"}, Zone{"1782", "CA"}, Zone{"1784", "VC"}, Zone{"1787", "PR"},
    Zone{"1807", "CA"}, Zone{"1809", "DO"}, Zone{"1819", "CA"}, Zone{"1825", "CA"}, Zone{"1829", "DO"},
    Zone{"1849", "DO"}, Zone{"1867", "CA"}, Zone{"1868", "TT"}, Zone{"1869", "KN"}, Zone{"1873", "CA"},
    Zone{"1876", "JM"}, Zone{"1879", "CA"}, Zone{"1902", "CA"}, Zone{"1905", "CA"}, Zone{"1939", "PR"},
    Zone{"1942", "CA"}, Zone{"20", "EG"}, Zone{"211", "SS"}, Zone{"212", "MA"}, Zone{"213", "DZ"}, Zone{"216", "TN"},
    Zone{"218", "LY"}, Zone{"220", "GM"}, Zone{"221", "SN"}, Zone{"222", "MR"}, Zone{"223", "ML"}, Zone{"224", "GN"},
    Zone{"225", "CI"}, Zone{"226", "BF"}, Zone{"227", "NE"}, Zone{"228", "TG"}, Zone{"229", "BJ"}, Zone{"230", "MU"},
    Zone{"231", "LR"}, Zone{"232", "SL"}, Zone{"233", "GH"}, Zone{"234", "NG"}, Zone{"235", "TD"}, Zone{"236", "CF"},
    Zone{"237", "CM"}, Zone{"238", "CV"}, Zone{"239", "ST"}, Zone{"240", "GQ"}, Zone{"241", "GA"}, Zone{"242", "CG"},
    Zone{"243", "CD"}, Zone{"244", "AO"}, Zone{"245", "GW"}, Zone{"246", "IO"}, Zone{"248", "SC"}, Zone{"249", "SD"},
    Zone{"250", "RW"}, Zone{"251", "ET"}, Zone{"252", "SO"}, Zone{"253", "DJ"}, Zone{"254", "KE"}, Zone{"255", "TZ"},
    Zone{"256", "UG"}, Zone{"257", "BI"}, Zone{"258", "MZ"}, Zone{"260", "ZM"}, Zone{"261", "MG"}, Zone{"262", "RE"},
    Zone{"263", "ZW"}, Zone{"264", "NA"}, Zone{"265", "MW"}, Zone{"266", "LS"}, Zone{"267", "BW"}, Zone{"268", "SZ"},
    Zone{"269", "KM"}, Zone{"27", "ZA"}, Zone{"290", "SH"}, Zone{"291", "ER"}, Zone{"297", "AW"}, Zone{"298", "FO"},
    Zone{"299", "GL"}, Zone{"30", "GR"}, Zone{"31", "NL"}, Zone{"32", "BE"}, Zone{"33", "FR"}, Zone{"34", "ES"},
    Zone{"350", "GI"}, Zone{"351", "PT"}, Zone{"352", "LU"}, Zone{"353", "IE"}, Zone{"354", "IS"}, Zone{"355", "AL"},
    Zone{"356", "MT"}, Zone{"357", "CY"}, Zone{"358", "FI"}, Zone{"359", "BG"}, Zone{"36", "HU"}, Zone{"370", "LT"},
    Zone{"371", "LV"}, Zone{"372", "EE"}, Zone{"373", "MD"}, Zone{"374", "AM"}, Zone{"375", "BY"}, Zone{"376", "AD"},
    Zone{"377", "MC"}, Zone{"378", "SM"}, Zone{"380", "UA"}, Zone{"381", "RS"}, Zone{"382", "ME"}, Zone{"383", "XK"},
    Zone{"385", "HR"}, Zone{"386", "SI"}, Zone{"387", "BA"}, Zone{"389", "MK"}, Zone{"39", "IT"}, Zone{"40", "RO"},
    Zone{"41", "CH"}, Zone{"420", "CZ"}, Zone{"421", "SK"}, Zone{"423", "LI"}, Zone{"43", "AT"}, Zone{"44", "GB"},
    Zone{"45", "DK"}, Zone{"46", "SE"}, Zone{"47", "NO"}, Zone{"48", "PL"}, Zone{"49", "DE"}, Zone{"500", "FK"},
    Zone{"501", "BZ"}, Zone{"502", "GT"}, Zone{"503", "SV"}, Zone{"504", "HN"}, Zone{"505", "NI"}, Zone{"506", "CR"},
    Zone{"507", "PA"}, Zone{"508", "PM"}, Zone{"509", "HT"}, Zone{"51", "PE"}, Zone{"52", "MX"}, Zone{"53", "CU"},
    Zone{"54", "AR"}, Zone{"55", "BR"}, Zone{"56", "CL"}, Zone{"57", "CO"}, Zone{"58", "VE"}, Zone{"590", "GP"},
    Zone{"591", "BO"}, Zone{"592", "GY"}, Zone{"593", "EC"}, Zone{"594", "GF"}, Zone{"595", "PY"}, Zone{"596", "MQ"},
    Zone{"597", "SR"}, Zone{"598", "UY"}, Zone{"599", "BQ"}, Zone{"5999", "CW"}, Zone{"60", "MY"}, Zone{"61", "AU"},
    Zone{"62", "ID"}, Zone{"63", "PH"}, Zone{"64", "NZ"}, Zone{"65", "SG"}, Zone{"66", "TH"}, Zone{"670", "TL"},
    Zone{"672", "NF"}, Zone{"673", "BN"}, Zone{"674", "NR"}, Zone{"675", "PG"}, Zone{"676", "TO"}, Zone{"677", "SB"},
    Zone{"678", "VU"}, Zone{"679", "FJ"}, Zone{"680", "PW"}, Zone{"681", "WF"}, Zone{"682", "CK"}, Zone{"683", "NU"},
    Zone{"685", "WS"}, Zone{"686", "KI"}, Zone{"687", "NC"}, Zone{"688", "TV"}, Zone{"689", "PF"}, Zone{"690", "TK"},
    Zone{"691", "FM"}, Zone{"692", "MH"}, Zone{"7", "RU"}, Zone{"76", "KZ"}, Zone{"77", "KZ"}, Zone{"81", "JP"},
    Zone{"82", "KR"}, Zone{"84", "VN"}, Zone{"850", "KP"}, Zone{"852", "HK"}, Zone{"853", "MO"}, Zone{"855", "KH"},
    Zone{"856", "LA"}, Zone{"86", "CN"}, Zone{"880", "BD"}, Zone{"886", "TW"}, Zone{"90", "TR"}, Zone{"91", "IN"},
    Zone{"92", "PK"}, Zone{"93", "AF"}, Zone{"94", "LK"}, Zone{"95", "MM"}, Zone{"960", "MV"}, Zone{"961", "LB"},
    Zone{"962", "JO"}, Zone{"963", "SY"}, Zone{"964", "IQ"}, Zone{"965", "KW"}, Zone{"966", "SA"}, Zone{"967", "YE"},
    Zone{"968", "OM"}, Zone{"970", "PS"}, Zone{"971", "AE"}, Zone{"972", "IL"}, Zone{"973", "BH"}, Zone{"974", "QA"},
    Zone{"975", "BT"}, Zone{"976", "MN"}, Zone{"977", "NP"}, Zone{"98", "IR"}, Zone{"992", "TJ"}, Zone{"993", "TM"},
    Zone{"994", "AZ"}, Zone{"995", "GE"}, Zone{"996", "KG"}, Zone{"998", "UZ"},};
// clang-format on

}  // namespace

std::string_view country_of(std::string_view e164) noexcept {
  const std::string_view digits = e164.starts_with('+') ? e164.substr(1) : std::string_view{};
  constexpr std::size_t longest = 4;
  for (std::size_t size = std::min(longest, digits.size()); size != 0; --size) {
    const std::string_view wanted = digits.substr(0, size);
    const auto at = std::lower_bound(zones.begin(), zones.end(), wanted,
                                     [](const Zone& zone, std::string_view text) { return zone.digits < text; });
    if (at != zones.end() && at->digits == wanted) {
      return at->country;
    }
  }
  return {};
}

}  // namespace messenger::twilio
